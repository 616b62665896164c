/** Nothing may leave this machine in a test: a connection to anywhere else throws and is remembered. */
import net from 'node:net';
import { afterEach, beforeEach, expect } from 'vitest';

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '::1']);

export function onlyLoopback(): void {
  const original = net.Socket.prototype.connect;
  const strangers: string[] = [];

  beforeEach(() => {
    net.Socket.prototype.connect = function connect(this: net.Socket, ...args: unknown[]) {
      const [first] = args.flat();
      const host =
        typeof first === 'object' && first !== null && 'host' in first ? String(first.host) : '127.0.0.1';
      const path = typeof first === 'object' && first !== null && 'path' in first ? first.path : null;
      if (!path && !LOOPBACK.has(host)) {
        strangers.push(host);
        throw new Error('a test tried to reach another host');
      }
      return Reflect.apply(original, this, args) as net.Socket;
    } as typeof original;
  });

  afterEach(() => {
    net.Socket.prototype.connect = original;
    expect(strangers.splice(0)).toEqual([]);
  });
}
