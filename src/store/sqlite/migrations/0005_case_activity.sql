ALTER TABLE `cases` ADD `active_until` integer DEFAULT 9007199254740991 NOT NULL;--> statement-breakpoint
UPDATE `cases` SET `active_until` = max(`received_at`,
  coalesce(json_extract(`body`, '$.resolvedAt'), 0),
  coalesce(json_extract(`body`, '$.closedAt'), 0),
  coalesce(json_extract(`body`, '$.dueAt'), 0),
  coalesce(json_extract(`body`, '$.originalDueAt'), 0),
  coalesce((SELECT max(e.`at`) FROM `events` e WHERE e.`township_id` = `cases`.`township_id` AND e.`case_number` = `cases`.`number`), 0))
 WHERE `open` = 0;--> statement-breakpoint
CREATE INDEX `cases_active` ON `cases` (`township_id`,`active_until`,`number`);--> statement-breakpoint
CREATE INDEX `cases_received` ON `cases` (`township_id`,`received_at`,`number`,`category`);