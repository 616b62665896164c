/** Which way a message takes. */
import { describe, expect, test } from 'vitest';
import type { Known } from '../roads.ts';
import { roadsFor } from '../roads.ts';

const known = (over: Partial<Known> = {}): Known => ({
  answer: false,
  bot: { online: true, open: true },
  app: true,
  appchats: ['made'],
  webhooks: ['robot'],
  ...over,
});
const closed = { online: true, open: false };
const offline = { online: false, open: true };
const person = (id: string, over: Partial<Known> = {}) => roadsFor({ id, kind: 'direct' }, known(over));
const group = (id: string, over: Partial<Known> = {}) => roadsFor({ id, kind: 'group' }, known(over));
const VEILED = 'woAJ2GCAAAXtWyujaWJHDDGi0mACAAAA';

describe('to a person', () => {
  test('goes by the app, then by the bot', () => {
    expect(person('zhao')).toEqual(['app', 'aibot']);
    expect(person('zhao', { bot: closed })).toEqual(['app']);
    expect(person('zhao', { bot: null })).toEqual(['app']);
  });

  test('who asked the bot is answered by the bot', () => {
    expect(person('zhao', { answer: true })).toEqual(['aibot', 'app']);
    expect(person('zhao', { answer: true, bot: offline })).toEqual(['app', 'aibot']);
    expect(person('zhao', { answer: true, bot: closed })).toEqual(['app']);
  });

  test('without an app goes while the window is open', () => {
    expect(person('zhao', { app: false })).toEqual(['aibot']);
    expect(person('zhao', { app: false, bot: closed })).toBe('window_closed');
  });

  test('whom only the bot knows goes by the bot alone', () => {
    expect(person(VEILED)).toEqual(['aibot']);
    expect(person(VEILED, { bot: closed })).toBe('window_closed');
    expect(person(VEILED, { bot: null })).toBe('unreachable');
    expect(person('wolf')).toEqual(['app', 'aibot']);
  });

  test.each(['@all', 'zhao|qian', '', 'zhao qian', '@'])('never stands for several: %s', (id) => {
    expect(person(id)).toBe('window_closed');
    expect(person(id, { bot: null })).toBe('unreachable');
  });
});

describe('to a group', () => {
  test('goes by the bot while it may, then by the group’s robot', () => {
    expect(group('robot')).toEqual(['aibot', 'webhook']);
    expect(group('robot', { bot: closed })).toEqual(['webhook']);
    expect(group('robot', { bot: offline })).toEqual(['webhook', 'aibot']);
  });

  test('without a robot waits for the bot, or is told that the window closed', () => {
    expect(group('g')).toEqual(['aibot']);
    expect(group('g', { bot: offline })).toEqual(['aibot']);
    expect(group('g', { bot: closed })).toBe('window_closed');
    expect(group('g', { bot: null })).toBe('unreachable');
  });

  test('that the app made goes by the app', () => {
    expect(group('made')).toEqual(['appchat']);
    expect(group('made', { bot: null })).toEqual(['appchat']);
  });
});
