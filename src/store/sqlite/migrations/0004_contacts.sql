CREATE TABLE `contacts` (
	`township_id` text NOT NULL,
	`account` text NOT NULL,
	`chat` text NOT NULL,
	`last_at` integer NOT NULL,
	PRIMARY KEY(`township_id`, `account`, `chat`)
);
