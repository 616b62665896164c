/** The app's access token: kept, renewed before it ends, fetched anew after any failure. */
import type { Redactor } from '@huiyin/core/kit';
import type { DingtalkOptions } from './config.ts';
import { textIn } from './decode-content.ts';
import type { Http } from './http.ts';
import { ApiError, unseen } from './outcome.ts';

export interface TokensParts {
  readonly options: Pick<DingtalkOptions, 'clientId' | 'clientSecret' | 'apiRoot' | 'clock'>;
  readonly http: Http;
  readonly redactor: Redactor;
}

interface Kept {
  readonly token: string;
  /** Epoch milliseconds. */
  readonly until: number;
}

/** Two hours by the documents; a good part of it is left when it is renewed. */
const USUAL_SECONDS = 7_200;
const RENEW_MS = 600_000;

export class Tokens {
  readonly #parts: TokensParts;
  #kept: Kept | null = null;
  #fetching: Promise<Kept> | null = null;

  constructor(parts: TokensParts) {
    this.#parts = parts;
  }

  /** @throws ApiError, WireError with `sent` false: whatever needed the token has not begun */
  async get(): Promise<string> {
    const now = this.#parts.options.clock.now();
    const kept = this.#kept;
    if (kept !== null && now < kept.until - RENEW_MS) return kept.token;
    try {
      // One for all that ask at once; a failure leaves nothing behind, so that the next call fetches anew.
      this.#fetching ??= this.#fetch().finally(() => (this.#fetching = null));
      this.#kept = await this.#fetching;
      return this.#kept.token;
    } catch (error) {
      if (kept !== null && now < kept.until && this.#kept === kept) return kept.token;
      throw unseen(error);
    }
  }

  /** DingTalk takes it no longer. */
  forget(token: string): void {
    if (this.#kept?.token === token) this.#kept = null;
  }

  /** https://open.dingtalk.com/document/orgapp/obtain-the-access_token-of-an-internal-app */
  async #fetch(): Promise<Kept> {
    const { options, http, redactor } = this.#parts;
    const body = { appKey: options.clientId, appSecret: options.clientSecret };
    const answer = await http.json({
      url: `${options.apiRoot}/v1.0/oauth2/accessToken`,
      method: 'POST',
      body,
    });
    const token = textIn(answer, 'accessToken');
    if (token === '') throw new ApiError(200, null, 'an answer without a token');
    redactor.learn(token);
    const { expireIn } = answer;
    const seconds = typeof expireIn === 'number' && expireIn > 0 ? expireIn : USUAL_SECONDS;
    return { token, until: options.clock.now() + seconds * 1_000 };
  }
}
