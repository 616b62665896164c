-- WITHOUT ROWID is added by hand (drizzle can't say it): narrow rows looked up by their key alone, one tree instead of two.
CREATE TABLE `audit` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`township_id` text NOT NULL,
	`at` integer NOT NULL,
	`by` text,
	`what` text NOT NULL,
	`case_number` text,
	`detail` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `audit_case` ON `audit` (`township_id`,`case_number`,`id`);--> statement-breakpoint
CREATE TABLE `case_parts` (
	`township_id` text NOT NULL,
	`who` text NOT NULL,
	`role` text NOT NULL,
	`case_number` text NOT NULL,
	PRIMARY KEY(`township_id`, `who`, `case_number`, `role`),
	FOREIGN KEY (`township_id`,`case_number`) REFERENCES `cases`(`township_id`,`number`) ON UPDATE no action ON DELETE no action
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `case_parts_case` ON `case_parts` (`township_id`,`case_number`);--> statement-breakpoint
CREATE TABLE `cases` (
	`township_id` text NOT NULL,
	`number` text NOT NULL,
	`year` integer NOT NULL,
	`serial` integer NOT NULL,
	`state` text NOT NULL,
	`open` integer NOT NULL,
	`category` text NOT NULL,
	`village` text,
	`assignee` text,
	`received_at` integer NOT NULL,
	`next_at` integer,
	`origin_account` text,
	`origin_chat` text,
	`body` text NOT NULL,
	PRIMARY KEY(`township_id`, `number`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `cases_serial` ON `cases` (`township_id`,`year`,`serial`);--> statement-breakpoint
CREATE INDEX `cases_open_assignee` ON `cases` (`township_id`,`assignee`) WHERE open = 1;--> statement-breakpoint
CREATE INDEX `cases_next` ON `cases` (`township_id`,`next_at`,`number`) WHERE next_at is not null;--> statement-breakpoint
CREATE INDEX `cases_similar` ON `cases` (`township_id`,`village`,`category`,`received_at`) WHERE open = 1;--> statement-breakpoint
CREATE INDEX `cases_origin` ON `cases` (`township_id`,`origin_account`,`origin_chat`,`received_at`) WHERE origin_chat is not null;--> statement-breakpoint
CREATE TABLE `counters` (
	`township_id` text NOT NULL,
	`year` integer NOT NULL,
	`next` integer NOT NULL,
	PRIMARY KEY(`township_id`, `year`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `events` (
	`township_id` text NOT NULL,
	`case_number` text NOT NULL,
	`seq` integer NOT NULL,
	`type` text NOT NULL,
	`at` integer NOT NULL,
	`by` text,
	`behalf` text,
	`account` text,
	`chat` text,
	`message` text,
	`data` text NOT NULL,
	PRIMARY KEY(`township_id`, `case_number`, `seq`),
	FOREIGN KEY (`township_id`,`case_number`) REFERENCES `cases`(`township_id`,`number`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `events_message` ON `events` (`township_id`,`account`,`chat`,`message`) WHERE message is not null;--> statement-breakpoint
CREATE TABLE `facts` (
	`township_id` text NOT NULL,
	`key` text NOT NULL,
	`value` text NOT NULL,
	PRIMARY KEY(`township_id`, `key`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `inbound` (
	`township_id` text NOT NULL,
	`account` text NOT NULL,
	`chat` text NOT NULL,
	`key` text NOT NULL,
	`at` integer NOT NULL,
	`effect` text NOT NULL,
	PRIMARY KEY(`township_id`, `account`, `chat`, `key`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `jobs` (
	`township_id` text NOT NULL,
	`key` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`township_id`, `key`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `leases` (
	`township_id` text NOT NULL,
	`name` text NOT NULL,
	`owner` text NOT NULL,
	`fence` integer NOT NULL,
	`until` integer NOT NULL,
	PRIMARY KEY(`township_id`, `name`)
);
--> statement-breakpoint
CREATE TABLE `meta` (
	`township_id` text NOT NULL,
	`key` text NOT NULL,
	`value` text NOT NULL,
	PRIMARY KEY(`township_id`, `key`)
);
--> statement-breakpoint
CREATE TABLE `outbox` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`township_id` text NOT NULL,
	`account` text NOT NULL,
	`chat` text NOT NULL,
	`chat_kind` text NOT NULL,
	`kind` text NOT NULL,
	`case_number` text,
	`cases` text NOT NULL,
	`priority` integer NOT NULL,
	`due_at` integer NOT NULL,
	`status` text NOT NULL,
	`attempts` integer NOT NULL,
	`fence` integer NOT NULL,
	`owner` text,
	`lease_until` integer,
	`interrupted` integer NOT NULL,
	`merge_key` text,
	`created_at` integer NOT NULL,
	`settled_at` integer,
	`message_id` text,
	`detail` text
);
--> statement-breakpoint
CREATE INDEX `outbox_queued` ON `outbox` (`township_id`,`due_at`,`id`) WHERE status = 'queued';--> statement-breakpoint
CREATE INDEX `outbox_waiting` ON `outbox` (`township_id`,`account`,`chat`,`merge_key`) WHERE status = 'queued';--> statement-breakpoint
CREATE INDEX `outbox_sending` ON `outbox` (`township_id`,`lease_until`) WHERE status = 'sending';--> statement-breakpoint
CREATE INDEX `outbox_message` ON `outbox` (`township_id`,`account`,`chat`,`message_id`) WHERE message_id is not null;--> statement-breakpoint
CREATE TABLE `outbox_words` (
	`id` integer PRIMARY KEY NOT NULL,
	`township_id` text NOT NULL,
	`body` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `policies` (
	`township_id` text NOT NULL,
	`version` integer NOT NULL,
	`body` text NOT NULL,
	PRIMARY KEY(`township_id`, `version`)
);
--> statement-breakpoint
CREATE TABLE `prompts` (
	`township_id` text NOT NULL,
	`id` text NOT NULL,
	`who` text NOT NULL,
	`account` text NOT NULL,
	`chat` text NOT NULL,
	`kind` text NOT NULL,
	`case_number` text,
	`payload` text NOT NULL,
	`opened_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	PRIMARY KEY(`township_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `prompts_who` ON `prompts` (`township_id`,`who`,`account`,`chat`);--> statement-breakpoint
CREATE TABLE `tasks` (
	`township_id` text NOT NULL,
	`key` text NOT NULL,
	`kind` text NOT NULL,
	`payload` text NOT NULL,
	`run_at` integer NOT NULL,
	`status` text NOT NULL,
	`attempts` integer NOT NULL,
	`fence` integer NOT NULL,
	`owner` text,
	`lease_until` integer,
	`detail` text,
	PRIMARY KEY(`township_id`, `key`)
);
--> statement-breakpoint
CREATE INDEX `tasks_queued` ON `tasks` (`township_id`,`run_at`,`key`) WHERE status = 'queued';--> statement-breakpoint
CREATE INDEX `tasks_running` ON `tasks` (`township_id`,`lease_until`) WHERE status = 'running';--> statement-breakpoint
CREATE TABLE `vault` (
	`township_id` text NOT NULL,
	`case_number` text NOT NULL,
	`field` text NOT NULL,
	`key_id` text NOT NULL,
	`wrapped_key` blob NOT NULL,
	`nonce` blob NOT NULL,
	`ciphertext` blob NOT NULL,
	PRIMARY KEY(`township_id`, `case_number`, `field`)
);
