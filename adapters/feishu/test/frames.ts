/** Frames of the long connection: protobuf `pbbp2.Frame`, as @larksuiteoapi/node-sdk 1.74.0 writes and reads it. */
import protobuf from 'protobufjs';

const Frame = protobuf
  .parse(
    `syntax = "proto2"; package pbbp2;
    message Header { required string key = 1; required string value = 2; }
    message Frame {
      required uint32 SeqID = 1; required uint32 LogID = 2; required int32 service = 3; required int32 method = 4;
      repeated Header headers = 5; optional string payload_encoding = 6; optional string payload_type = 7;
      optional bytes payload = 8; optional string LogIDNew = 9;
    }`,
  )
  .root.lookupType('pbbp2.Frame');

export function frame(
  method: number,
  headers: Readonly<Record<string, string>>,
  payload: Buffer,
): Uint8Array {
  const pairs = Object.entries(headers).map(([key, value]) => ({ key, value }));
  return Frame.encode(
    Frame.fromObject({ SeqID: 1, LogID: 1, service: 7, method, headers: pairs, payload }),
  ).finish();
}

interface Got {
  readonly method: number;
  readonly headers: readonly { readonly key: string; readonly value: string }[];
  readonly payload: Uint8Array;
}

export function readFrame(bytes: Uint8Array) {
  const got = Frame.toObject(Frame.decode(bytes), { defaults: true }) as Got;
  const headers = Object.fromEntries(got.headers.map(({ key, value }) => [key, value]));
  return { method: got.method, headers, payload: Buffer.from(got.payload) };
}
