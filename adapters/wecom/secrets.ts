/** What may stand in no log, error or page. */
import type { WecomConfig } from './config.ts';

export const secretsOf = ({ aibot, app, webhooks }: WecomConfig): readonly string[] =>
  [
    aibot?.secret,
    app?.secret,
    app?.callback?.token,
    app?.callback?.encodingAesKey,
    ...Object.values(webhooks),
  ].filter((secret) => secret !== undefined);
