ALTER TABLE "cases" ADD COLUMN "active_until" bigint DEFAULT 9007199254740991 NOT NULL;--> statement-breakpoint
UPDATE "cases" SET "active_until" = greatest("received_at",
  coalesce(("body"->>'resolvedAt')::bigint, 0),
  coalesce(("body"->>'closedAt')::bigint, 0),
  coalesce(("body"->>'dueAt')::bigint, 0),
  coalesce(("body"->>'originalDueAt')::bigint, 0),
  coalesce((SELECT max(e."at") FROM "events" e WHERE e."township_id" = "cases"."township_id" AND e."case_number" = "cases"."number"), 0))
 WHERE NOT "open";--> statement-breakpoint
CREATE INDEX "cases_active" ON "cases" USING btree ("township_id","active_until","number");--> statement-breakpoint
CREATE INDEX "cases_received" ON "cases" USING btree ("township_id","received_at","number","category");