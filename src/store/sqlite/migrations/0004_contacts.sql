CREATE TABLE `contacts` (
	`township_id` text NOT NULL,
	`account` text NOT NULL,
	`chat` text NOT NULL,
	`last_at` integer NOT NULL,
	PRIMARY KEY(`township_id`, `account`, `chat`)
);
--> statement-breakpoint
-- Who has written before may be written to: without this, a platform that wants a first word from people
-- would count everybody as a stranger on the day of the upgrade.
INSERT INTO contacts (township_id, account, chat, last_at)
SELECT township_id, account, chat, max("at") FROM inbound GROUP BY township_id, account, chat;
