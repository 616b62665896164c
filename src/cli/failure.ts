/** An error of the command line: what happened, what is safe, what to do next. */

/** 1: it failed while working. 2: it was asked wrongly, or a file it needs is wrong. */
export type ExitCode = 1 | 2;

export interface FailureWords {
  readonly what: string;
  readonly safe?: string;
  readonly next?: string;
}

export class CliError extends Error {
  readonly exit: ExitCode;
  readonly words: FailureWords;

  constructor(exit: ExitCode, words: FailureWords, cause?: unknown) {
    super(words.what, cause === undefined ? undefined : { cause });
    this.name = 'CliError';
    this.exit = exit;
    this.words = words;
  }
}

/** What to do about errors of other rooms, by their codes; their messages are words for people already. */
const NEXT: Readonly<Record<string, string>> = {
  newer_schema: '升级程序后再运行。',
  in_use: '先停掉正在运行的那一个，再来一次；要看数据，不用停。',
  locked: '稍等一下，再来一次。',
  full: '腾出磁盘空间，再来一次。',
  read_only: '检查数据库文件和它所在目录的权限。',
  corrupt: '用 huiyin backup 做的备份恢复。',
  io: '检查磁盘，再来一次。',
  denied: '检查数据库的用户名、口令和库名，再来一次。',
  missing: '把密钥文件放回原处；丢了密钥，只有联系方式读不出来，其余数据不受影响。',
  malformed: '换成正确的密钥文件；不要自己新建一个。',
  unreadable: '检查密钥文件和它所在目录的权限。',
};

/** What any thrown value says to whoever typed the command. */
export function asFailure(error: unknown): CliError {
  if (error instanceof CliError) return error;
  const code = codeOf(error) || codeOf(error instanceof Error ? error.cause : null);
  const message = error instanceof Error ? error.message : String(error);
  const next = NEXT[code] ?? nextForSystem(code);
  if (next !== null) return new CliError(1, { what: message, safe: SAFE, next }, error);
  return new CliError(
    1,
    {
      what: `程序出错了：${message}`,
      safe: SAFE,
      next: '设 HUIYIN_LOG=debug 再运行一次，把输出发给维护者。',
    },
    error,
  );
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

const SAFE = '已经写进数据库的都在，没有写完的这一步没有留下痕迹。';

function nextForSystem(code: string): string | null {
  if (code === 'ENOENT') return '检查路径写对了没有。';
  if (code === 'EACCES' || code === 'EPERM') return '检查文件和目录的权限。';
  if (code === 'EADDRINUSE') return '这个端口有别的程序在用，换一个端口。';
  if (code === 'ENOSPC') return '腾出磁盘空间，再来一次。';
  return null;
}

export function printFailure({ words }: CliError, stderr: { write(text: string): unknown }): void {
  const lines = [words.what, words.safe, words.next && `下一步：${words.next}`];
  stderr.write(`${lines.filter((line) => line !== undefined && line !== '').join('\n')}\n`);
}
