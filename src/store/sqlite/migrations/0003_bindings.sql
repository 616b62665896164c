CREATE TABLE `binding_codes` (
	`township_id` text NOT NULL,
	`hash` text NOT NULL,
	`person` text NOT NULL,
	`state` text NOT NULL,
	`made_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`settled_at` integer,
	PRIMARY KEY(`township_id`, `hash`)
);
--> statement-breakpoint
CREATE INDEX `binding_codes_open` ON `binding_codes` (`township_id`,`person`) WHERE state = 'open';--> statement-breakpoint
CREATE TABLE `bindings` (
	`township_id` text NOT NULL,
	`kind` text NOT NULL,
	`account` text NOT NULL,
	`external` text NOT NULL,
	`body` text NOT NULL,
	PRIMARY KEY(`township_id`, `kind`, `account`, `external`)
);
