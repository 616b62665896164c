/** What we use of a puppet, and calls to it that end. */
import type { AdapterTimers } from '@huiyin/core/kit';
import type { FileBoxInterface } from 'file-box';

/** A part of wechaty's `Puppet`: it gives plain ids and payloads, which wechaty's own classes hide. */
export interface Puppet {
  readonly currentUserId: string;
  readonly state: { active(): boolean | 'pending' };
  contactList(): Promise<string[]>;
  contactPayload(id: string): Promise<unknown>;
  ding(data: string): void;
  friendshipAccept(id: string): Promise<void>;
  friendshipPayload(id: string): Promise<unknown>;
  messageFile(id: string): Promise<FileBoxInterface>;
  messagePayload(id: string): Promise<unknown>;
  /** Without an answer where the platform gives no id. */
  messageSendFile(conversation: string, file: FileBoxInterface): Promise<unknown>;
  messageSendText(conversation: string, text: string): Promise<unknown>;
  roomInvitationAccept(id: string): Promise<void>;
  roomMemberPayload(room: string, id: string): Promise<unknown>;
}

/** The puppet that may be used now: signed in, its connection standing. */
export type Live = () => Puppet | null;

/** Nobody answered in time: what was asked for may have been done. */
export class NoAnswer extends Error {
  constructor() {
    super('no answer from the puppet');
    this.name = 'NoAnswer';
  }
}

/** Calls over gRPC have no deadline of their own: a service that hangs would hold them for good. */
export async function within<T>(timers: AdapterTimers, milliseconds: number, call: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const cancel = timers.after(milliseconds, () => reject(new NoAnswer()));
  try {
    return await Promise.race([call, promise]);
  } finally {
    cancel();
  }
}
