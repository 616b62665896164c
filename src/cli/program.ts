/** The command line: what can be asked, in the words of `--help`. Each command's code is imported when asked for. */
import { Command, CommanderError } from 'commander';
import type { Adapters } from './adapters.ts';
import { asFailure, printFailure } from './failure.ts';
import { Output } from './output.ts';

const VERSION = '0.1.0';

/** @returns the exit code: 0 done, 1 failed, 2 asked wrongly */
export async function run(args: readonly string[], adapters: Adapters): Promise<number> {
  const program = build(adapters);
  try {
    await program.parseAsync([...args], { from: 'user' });
    return typeof process.exitCode === 'number' ? process.exitCode : 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    const failure = asFailure(error);
    printFailure(failure, process.stderr);
    return failure.exit;
  }
}

function build(adapters: Adapters): Command {
  const program = new Command('huiyin')
    .description('回音：事事有回音。三长制群里的民情登记、交办和答复。')
    .version(VERSION, '-V, --version', '显示版本')
    .helpOption('-h, --help', '显示帮助')
    .helpCommand('help [command]', '显示某个命令的帮助')
    .showHelpAfterError('（加 --help 看用法）')
    .exitOverride();
  addRunning(program, adapters);
  addTrying(program, adapters);
  addKeeping(program);
  for (const command of program.commands) command.exitOverride();
  return program;
}

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

function addRunning(program: Command, adapters: Adapters): void {
  program
    .command('start')
    .description('启动：接上聊天平台，登记、交办、提醒、答复')
    .option('--adapter <name>', '接哪个平台，可写多次；bridge 用标准输入输出', collect, [])
    .option('--township <file>', '乡镇文件（默认按 huiyin.yaml，否则 township.yaml）')
    .option('--db <file>', '数据库文件（默认按 huiyin.yaml，否则 data/huiyin.db）')
    .option('--config <file>', '设置文件', 'huiyin.yaml')
    .option('--listen <address>', 'bridge 改用本机 WebSocket，如 127.0.0.1:8790；口令在 HUIYIN_BRIDGE_TOKEN')
    .action(async (options) => {
      const { start } = await import('./start.ts');
      await start(options, adapters);
    });
}

function addTrying(program: Command, adapters: Adapters): void {
  program
    .command('simulate')
    .description('模拟：把一份情景按它自己的时间演一遍，打印全部发送、案件和小结')
    .argument('<scenario>', '情景文件（JSON 行），- 表示标准输入')
    .requiredOption('--township <file>', '乡镇文件')
    .option('--db <file>', '把结果留在这个数据库文件里')
    .option('--out <dir>', '附件写到这个目录')
    .action(async (scenario: string, options) => {
      const { simulate } = await import('./simulate.ts');
      await simulate({ ...options, scenario }, adapters, new Output(process.stdout));
    });
  program
    .command('parse')
    .description('只看怎样理解：逐行读 {"text":"…"}，打印意图、事项和缺什么')
    .argument('[file]', '文件，- 表示标准输入', '-')
    .option('--township <file>', '乡镇文件：认得村组和单位的名字')
    .action(async (input: string, options) => {
      const { parse } = await import('./parse.ts');
      await parse({ ...options, input }, new Output(process.stdout));
    });
}

function addKeeping(_program: Command): void {}
