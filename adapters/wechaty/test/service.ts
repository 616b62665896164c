/** The token service of puppet-server.ts as tests hold it. */
import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Answer, Said, Steer, Told } from './puppet-server.ts';

export const TOKEN = 'insecure_7f3a2c91e5d84b06';

const SCRIPT = fileURLToPath(new URL('./puppet-server.ts', import.meta.url));

export class Service {
  readonly port: number;
  /** What was sent since the last reset, in order. */
  said: Said[] = [];
  calls: string[] = [];
  readonly #child: ChildProcess;
  readonly #home: string;
  readonly #oldHome: string | undefined;
  readonly #waiting = new Map<number, (error: string | null) => void>();
  #next = 1;

  constructor(child: ChildProcess, port: number, home: string, oldHome: string | undefined) {
    this.#child = child;
    this.port = port;
    this.#home = home;
    this.#oldHome = oldHome;
    child.on('message', (told: Told) => this.#hear(told));
  }

  /** What the client might leave under HOME is left in a folder of the test's own; the service has another. */
  static async open(): Promise<Service> {
    const home = await mkdtemp(join(tmpdir(), 'huiyin-wechaty-'));
    const oldHome = process.env.HOME;
    process.env.HOME = home;
    const child = fork(SCRIPT, [TOKEN], {
      env: { PATH: process.env.PATH, HOME: home },
      execArgv: ['--no-warnings'],
    });
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    child.once('message', (told: Told) => told.type === 'ready' && resolve(told.port));
    child.once('exit', (code) => reject(new Error(`the token service ended (${code})`)));
    return new Service(child, await promise, home, oldHome);
  }

  /** Resolves when it has happened there; what it causes here comes later. */
  async steer(steer: Steer): Promise<void> {
    const n = this.#next++;
    const { promise, resolve } = Promise.withResolvers<string | null>();
    this.#waiting.set(n, resolve);
    this.#child.send({ n, steer });
    const error = await promise;
    if (error !== null) throw new Error(error);
  }

  async reset({ signedIn = true }: { readonly signedIn?: boolean } = {}): Promise<void> {
    await this.steer({ do: 'reset', signedIn });
    this.said = [];
    this.calls = [];
    for (const id of ['g-1', 'g-2']) await this.steer({ do: 'room', id, members: ['wxid_bot', 'u-1'] });
    await this.steer({ do: 'person', id: 'u-1', name: '林秀英' });
  }

  answer(how: Answer): Promise<void> {
    return this.steer({ do: 'answer', how });
  }

  async close(): Promise<void> {
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.disconnect();
    await ended;
    if (this.#oldHome === undefined) delete process.env.HOME;
    else process.env.HOME = this.#oldHome;
    await rm(this.#home, { recursive: true, force: true });
  }

  #hear(told: Told): void {
    if (told.type === 'said') this.said.push(told.said);
    if (told.type === 'called') this.calls.push(told.call);
    if (told.type !== 'done') return;
    this.#waiting.get(told.n)?.(told.error);
    this.#waiting.delete(told.n);
  }
}
