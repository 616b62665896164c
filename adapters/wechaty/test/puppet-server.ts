/**
 * A token service in a process of its own: wechaty's PuppetServer over gRPC with wechaty's PuppetMock behind it.
 * It is told what happens by messages of its parent (`Steer`) and tells what was sent (`Told`).
 */
import { createServer } from 'node:net';
import { FileBox } from 'file-box';
import { log } from 'wechaty-puppet';
import { mock, PuppetMock } from 'wechaty-puppet-mock';
import { PuppetServer } from 'wechaty-puppet-service';

export const BOT = 'wxid_bot';

export interface Said {
  readonly conversation: string;
  /** '' for a file. */
  readonly text: string;
  /** A file's content, base64. */
  readonly file: string | null;
}

export type Steer =
  /** All is as at the start; `signedIn`: a session begins signed in. */
  | { readonly do: 'reset'; readonly signedIn: boolean }
  | { readonly do: 'room'; readonly id: string; readonly members: readonly string[] }
  | { readonly do: 'person'; readonly id: string; readonly name: string; readonly over?: object }
  | { readonly do: 'message'; readonly payload: Payload; readonly file?: FileJson }
  /** An event as puppets emit it. */
  | { readonly do: 'emit'; readonly event: string; readonly data: unknown }
  | { readonly do: 'login' }
  | { readonly do: 'logout'; readonly reason: string }
  /** How sends are answered, the next one or until told otherwise; `silent`: sent, but answered without an id. */
  | { readonly do: 'answer'; readonly how: Answer; readonly once?: boolean }
  | { readonly do: 'contacts'; readonly ids: readonly string[] | null }
  /** Of messages' payloads. */
  | { readonly do: 'reads'; readonly how: 'well' | 'fail' | 'never' }
  | { readonly do: 'dongs'; readonly answer: boolean }
  | { readonly do: 'down' }
  | { readonly do: 'up' };

export type Answer = 'id' | 'silent' | 'refused' | 'failed' | 'failed-after' | 'lost' | 'held' | 'release';
type Payload = Readonly<Record<string, unknown>> & { readonly id: string };
type FileJson = { readonly name: string; readonly base64?: string; readonly url?: string };

export type Told =
  | { readonly type: 'ready'; readonly port: number }
  | { readonly type: 'done'; readonly n: number; readonly error: string | null }
  | { readonly type: 'said'; readonly said: Said }
  | { readonly type: 'called'; readonly call: string };

/** gRPC: UNIMPLEMENTED. */
const UNIMPLEMENTED = 12;

const tell = (told: Told): void => {
  process.send?.(told);
};

class Puppet extends PuppetMock {
  signedIn = true;
  how: Answer = 'id';
  onlyNext = false;
  contacts: readonly string[] | null = null;
  reads: 'well' | 'fail' | 'never' = 'well';
  dongs = true;
  sent = 0;
  #held = Promise.withResolvers<void>();

  override async onStart(): Promise<void> {
    await super.onStart();
    if (this.signedIn) setImmediate(() => this.signIn());
  }

  signIn(): void {
    if (!this.isLoggedIn) this.login(BOT);
  }

  /** The mock's own waits a second. */
  override ding(data = ''): void {
    if (this.dongs) this.emit('dong', { data });
  }

  override async messageSendText(conversation: string, text: string): Promise<void> {
    return this.#said(conversation, text, null);
  }

  override async messageSendFile(conversation: string, file: FileBox): Promise<void> {
    return this.#said(conversation, '', await file.toBase64());
  }

  override async messageRawPayload(id: string) {
    if (this.reads === 'fail') throw new Error('no payload yet');
    if (this.reads === 'never') await new Promise(() => undefined);
    return super.messageRawPayload(id);
  }

  override async contactList(): Promise<string[]> {
    return [...(this.contacts ?? (await super.contactList()))];
  }

  override async friendshipRawPayload(id: string) {
    return { id, type: 2, contactId: 'u-9', hello: '', timestamp: 0, ticket: 't' };
  }

  override async friendshipAccept(id: string): Promise<void> {
    tell({ type: 'called', call: `friendshipAccept ${id}` });
  }

  override async roomInvitationAccept(id: string): Promise<void> {
    tell({ type: 'called', call: `roomInvitationAccept ${id}` });
  }

  release(): void {
    this.#held.resolve();
    this.#held = Promise.withResolvers();
  }

  async #said(conversation: string, text: string, file: string | null): Promise<void> {
    const how = this.how;
    if (this.onlyNext) Object.assign(this, { how: 'id', onlyNext: false });
    if (how === 'refused') throw Object.assign(new Error('not supported'), { code: UNIMPLEMENTED });
    if (how === 'failed') throw new Error('secret-free words of a puppet');
    if (how === 'held') {
      tell({ type: 'called', call: 'held' });
      await this.#held.promise;
    }
    tell({ type: 'said', said: { conversation, text, file } });
    if (how === 'lost') return new Promise(() => undefined);
    const id = `own-${++this.sent}`;
    this.heard({ id, talkerId: BOT, type: file === null ? 7 : 6, text, ...place(this, conversation) });
    if (how === 'failed-after') throw new Error('the answer was lost');
    // The mock's type says that a send has no answer; real puppets give an id.
    if (how !== 'silent') return id as unknown as undefined;
  }

  heard(payload: Payload, file?: FileJson): void {
    const full = { timestamp: 1_793_577_600, mentionIdList: [], ...payload };
    const { cacheMessagePayload, cacheFileBoxPayload } = this.mocker;
    cacheMessagePayload.set(payload.id, full as never);
    if (file?.base64 !== undefined)
      cacheFileBoxPayload.set(payload.id, FileBox.fromBase64(file.base64, file.name).toJSON());
    if (file?.url !== undefined)
      cacheFileBoxPayload.set(payload.id, FileBox.fromUrl(file.url, { name: file.name }).toJSON());
    this.emit('message', { messageId: payload.id });
  }
}

const place = ({ mocker }: Puppet, conversation: string) =>
  mocker.cacheRoomPayload.has(conversation) ? { roomId: conversation } : { listenerId: conversation };

const puppet = new Puppet();
// A mistake of a test must be seen: it is answered, not thrown.
puppet.on('error', () => undefined);
const token = process.argv[2] ?? '';
let port = 0;
let server: PuppetServer | null = null;

async function up(): Promise<void> {
  server = new PuppetServer({ endpoint: `127.0.0.1:${port}`, puppet: puppet as never, token });
  await server.start();
}

async function down(): Promise<void> {
  await server?.stop();
  server = null;
  await puppet.stop();
}

function reset(signedIn: boolean): void {
  const mocker = new mock.Mocker();
  mocker.puppet = puppet as PuppetMock;
  puppet.mocker = mocker;
  Object.assign(puppet, {
    signedIn,
    how: 'id',
    onlyNext: false,
    sent: 0,
    contacts: null,
    reads: 'well',
    dongs: true,
  });
  puppet.release();
  mocker.createContact({ id: BOT, name: '回音', friend: true });
}

async function obey(steer: Steer): Promise<void> {
  const { mocker } = puppet;
  switch (steer.do) {
    case 'reset':
      return reset(steer.signedIn);
    case 'room':
      mocker.roomPayload(steer.id, {
        id: steer.id,
        topic: '王家村',
        memberIdList: [...steer.members],
        adminIdList: [],
      });
      return;
    case 'person':
      mocker.contactPayload(steer.id, { ...person(steer.id, steer.name), ...steer.over });
      return;
    case 'message':
      return puppet.heard(steer.payload, steer.file);
    case 'emit':
      puppet.emit(steer.event as 'scan', steer.data as never);
      return;
    case 'login':
      return puppet.signIn();
    case 'logout':
      return puppet.logout(steer.reason);
    case 'answer':
      if (steer.how === 'release') puppet.release();
      else Object.assign(puppet, { how: steer.how, onlyNext: steer.once === true });
      return;
    case 'contacts':
      puppet.contacts = steer.ids;
      return;
    case 'reads':
      puppet.reads = steer.how;
      return;
    case 'dongs':
      puppet.dongs = steer.answer;
      return;
    case 'down':
      return down();
    case 'up':
      return up();
  }
}

const person = (id: string, name: string) => ({
  id,
  name,
  gender: 0,
  type: 1,
  avatar: '',
  phone: [],
  friend: true,
});

/** A free port that stays the same over `down` and `up`. */
async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

log.level('silent');
port = await freePort();
reset(true);
await up();
process.on('message', ({ n, steer }: { readonly n: number; readonly steer: Steer }) => {
  obey(steer).then(
    () => tell({ type: 'done', n, error: null }),
    (error: unknown) => tell({ type: 'done', n, error: String(error) }),
  );
});
process.on('disconnect', () => process.exit(0));
tell({ type: 'ready', port });
