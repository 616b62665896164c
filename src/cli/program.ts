/** The command line: what can be asked, in the words of `--help`. Each command's code is imported when asked for. */
import { Command, CommanderError } from 'commander';
import type { Adapters } from './adapters.ts';
import type { TestOptions } from './adapters-test.ts';
import { asFailure, CliError, printFailure } from './failure.ts';
import { Output } from './output.ts';

const VERSION = '0.1.0';

/** @returns the exit code: 0 done, 1 failed, 2 asked wrongly */
export async function run(args: readonly string[], adapters: Adapters): Promise<number> {
  const program = build(adapters);
  try {
    await program.parseAsync([...args], { from: 'user' });
    return typeof process.exitCode === 'number' ? process.exitCode : 0;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    // The help was asked for by saying nothing; it is on stderr.
    if (error instanceof CommanderError && error.code === 'commander.help') return 2;
    const failure = error instanceof CommanderError ? misused(error) : asFailure(error);
    printFailure(failure, process.stderr);
    return failure.exit;
  }
}

/** commander says it in English and in code; people type commands in Chinese. */
const MISUSES: Readonly<Record<string, string>> = {
  'commander.unknownCommand': '没有这个命令',
  'commander.unknownOption': '没有这个选项',
  'commander.missingArgument': '少写了参数',
  'commander.missingMandatoryOptionValue': '少写了必须的选项',
  'commander.optionMissingArgument': '选项后面少写了内容',
  'commander.excessArguments': '参数写多了',
};

function misused({ code, message }: CommanderError): CliError {
  const [named] = /'[^']+'/.exec(message) ?? [];
  const what = `${MISUSES[code] ?? message.replace(/^error: /, '')}${named ? `：${named.slice(1, -1)}` : ''}`;
  return new CliError(2, { what, safe: '什么都没有改动。', next: '加 --help 看用法。' });
}

function build(adapters: Adapters): Command {
  const program = new Command('huiyin')
    .description('回音：事事有回音。三长制群里的民情登记、交办和答复。')
    .version(VERSION, '-V, --version', '显示版本')
    .helpOption('-h, --help', '显示帮助')
    .helpCommand('help [command]', '显示某个命令的帮助');
  addRunning(program, adapters);
  addTrying(program, adapters);
  addKeeping(program, adapters);
  for (const command of everyCommand(program)) inChinese(command);
  return program;
}

function everyCommand(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(everyCommand)];
}

const HEADINGS: Readonly<Record<string, string>> = {
  'Usage:': '用法：',
  'Arguments:': '参数：',
  'Options:': '选项：',
  'Commands:': '命令：',
};

function inChinese(command: Command): void {
  command
    .exitOverride()
    .configureOutput({ outputError: () => undefined })
    .helpOption('-h, --help', '显示帮助')
    .configureHelp({ styleTitle: (title) => HEADINGS[title] ?? title });
}

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

function addRunning(program: Command, adapters: Adapters): void {
  program
    .command('start')
    .description('启动：接上聊天平台，登记、交办、提醒、答复')
    .option(
      '--adapter <name>',
      '接哪个平台，可写多次（默认 huiyin.yaml 里开着的）；bridge 用标准输入输出',
      collect,
      [],
    )
    .option('--township <file>', '乡镇文件（默认按 huiyin.yaml，否则 township.yaml）')
    .option('--db <file>', '数据库：文件或 postgres:// 地址（默认按 huiyin.yaml，否则 data/huiyin.db）')
    .option('--config <file>', '设置文件', 'huiyin.yaml')
    .option('--media-dir <dir>', 'bridge 消息里照片、附件的路径从这个文件夹算起；不写就不取')
    .option('--listen <address>', 'bridge 改用本机 WebSocket，如 127.0.0.1:8790；口令在 HUIYIN_BRIDGE_TOKEN')
    .action(async (options) => {
      const { start } = await import('./start.ts');
      await start(options, adapters);
    });
}

function addTrying(program: Command, adapters: Adapters): void {
  program
    .command('demo')
    .description('演示：用一个编的乡镇和一个月的消息做出演示数据库')
    .option('--serve', '然后打开网页聊天（只在本机）')
    .option('--fresh', '重新做一份')
    .option('--db <file>', '演示数据库文件')
    .option('--port <port>', '网页的端口（默认 8790）')
    .action(async (options) => {
      const { demo } = await import('./demo.ts');
      await demo(options, adapters);
    });
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

function addKeeping(program: Command, adapters: Adapters): void {
  program
    .command('backup')
    .description('备份数据库到一个新文件；运行中也能做。密钥不在里面')
    .argument('<file>', '备份写到这里')
    .option('--db <file>', '数据库文件')
    .option('--config <file>', '设置文件', 'huiyin.yaml')
    .action(async (target: string, options) => {
      const { backup } = await import('./backup.ts');
      await backup({ ...options, target });
    });
  program
    .command('digest')
    .description('月报：数字、三张图、会议材料 .docx、台账 .xlsx，写到一个目录；运行中也能做')
    .requiredOption('--month <period>', '2026-10；也可写 2026-W45 或 2026-06-01..2026-10-31')
    .requiredOption('--out <dir>', '文件写到这个目录')
    .option('--township <file>', '乡镇文件')
    .option('--db <file>', '数据库文件')
    .option('--config <file>', '设置文件', 'huiyin.yaml')
    .action(async (options) => {
      const { digest } = await import('./digest.ts');
      await digest(options);
    });
  program
    .command('area')
    .description('片区或县：所属各乡镇的数字，按设置文件 areas 的顺序，一行一个乡镇')
    .argument('<area>', '区域编号')
    .requiredOption('--month <period>', '2026-10')
    .requiredOption('--out <dir>', '文件写到这个目录')
    .option('--db <file>', '数据库文件')
    .option('--config <file>', '设置文件', 'huiyin.yaml')
    .action(async (id: string, options) => {
      const { area } = await import('./area.ts');
      await area({ ...options, area: id });
    });
  addPaper(program, 'slip', '交办单：一页 A4，写到一个目录');
  addPaper(program, 'letter', '工作提醒函的草稿，不编文号，由人审定签发');
  program
    .command('corrections')
    .description('改类记住了什么：编号、归到哪类、原话、谁、何时；运行中也能看')
    .option('--remove <number>', '收回一条，如 LC2611-0042；运行中由值班员私信“撤销改类 42”')
    .option('--township <file>', '乡镇文件')
    .option('--db <file>', '数据库文件')
    .option('--config <file>', '设置文件', 'huiyin.yaml')
    .action(async (options) => {
      const { corrections } = await import('./corrections.ts');
      await corrections(options);
    });
  program
    .command('doctor')
    .description('体检：设置、乡镇文件、数据库、密钥、日历')
    .option('--township <file>', '乡镇文件')
    .option('--db <file>', '数据库文件')
    .option('--config <file>', '设置文件', 'huiyin.yaml')
    .action(async (options) => {
      const { doctor } = await import('./doctor.ts');
      process.exitCode = await doctor(options, adapters);
    });
  program
    .command('jobs')
    .description('定时工作：做什么、上一次和下一次在什么时候')
    .option('--township <file>', '乡镇文件')
    .option('--db <file>', '数据库文件')
    .option('--config <file>', '设置文件', 'huiyin.yaml')
    .action(async (options) => {
      const { listJobs } = await import('./jobs.ts');
      await listJobs(options);
    });
  addAdapters(program, adapters);
  addRoster(program.command('roster').description('名册：从表格导入，导出成表格，发绑定码'));
}

function addAdapters(program: Command, registry: Adapters): void {
  const command = program
    .command('adapters')
    .description('聊天平台：设置了哪些、现在怎样、各能做什么；test 发一条试试')
    .option('--township <file>', '乡镇文件')
    .option('--db <file>', '数据库文件')
    .option('--config <file>', '设置文件', 'huiyin.yaml')
    .action(async (options) => {
      const { listAdapters } = await import('./adapters-list.ts');
      await listAdapters(options, registry);
    });
  command
    .command('test')
    .description('发一条测试消息，说清发没发出去；机器人在运行就由它发')
    .argument('<id>', 'huiyin.yaml 里的名字，如 telegram')
    .requiredOption('--to <whom>', '名册上的人（姓名或编号），或者群号、账号')
    .option('--group', '--to 写的是一个没有登记的群的群号')
    .option('--text <text>', '发什么话')
    .action(async (id: string, _, self: Command) => {
      const { testAdapter } = await import('./adapters-test.ts');
      process.exitCode = await testAdapter({ ...self.optsWithGlobals(), id } as TestOptions, registry);
    });
}

function addPaper(program: Command, kind: 'slip' | 'letter', about: string): void {
  program
    .command(kind)
    .description(about)
    .argument('<number>', '案件编号，如 LC2610-0042 或 42')
    .requiredOption('--out <dir>', '文件写到这个目录')
    .option('--township <file>', '乡镇文件')
    .option('--db <file>', '数据库文件')
    .option('--config <file>', '设置文件', 'huiyin.yaml')
    .action(async (number: string, options) => {
      const { paper } = await import('./papers.ts');
      await paper(kind, { ...options, number });
    });
}

function addRoster(roster: Command): void {
  roster
    .command('import')
    .description('把 .xlsx 名册（人员、组织、单位、群四张表）并入乡镇文件')
    .argument('<file>', '.xlsx 或 .yaml 文件')
    .option('--township <file>', '乡镇文件', 'township.yaml')
    .option('--dry-run', '只检查，不写文件')
    .action(async (file: string, options) => {
      const { importRosterFile } = await import('./roster.ts');
      await importRosterFile({ ...options, file });
    });
  roster
    .command('export')
    .description('把乡镇文件里的名册导出成 .xlsx 或 .yaml')
    .argument('<file>', '写到这里')
    .option('--township <file>', '乡镇文件', 'township.yaml')
    .action(async (file: string, options) => {
      const { exportRosterFile } = await import('./roster.ts');
      await exportRosterFile({ ...options, file });
    });
  roster
    .command('codes')
    .description('发绑定码：每人一个，14 天内有效、只能用一次；本人私信机器人就绑定了')
    .option('--village <village>', '只发一个村的（村名或编号）')
    .option('--person <person>', '只发这个人（姓名或编号），可写多次', collect, [])
    .option('--all', '已经有账号的人也发')
    .option('--out <file>', '写成 .xlsx，打印后剪成条；不写就打印出来')
    .option('--township <file>', '乡镇文件')
    .option('--db <file>', '数据库文件')
    .option('--config <file>', '设置文件', 'huiyin.yaml')
    .action(async (options) => {
      const { rosterCodes } = await import('./codes.ts');
      await rosterCodes(options);
    });
}
