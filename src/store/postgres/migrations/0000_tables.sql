CREATE TABLE "audit" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "audit_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"township_id" text COLLATE "C" NOT NULL,
	"at" bigint NOT NULL,
	"by" text COLLATE "C",
	"what" text COLLATE "C" NOT NULL,
	"case_number" text COLLATE "C",
	"detail" json NOT NULL
);
--> statement-breakpoint
CREATE TABLE "case_parts" (
	"township_id" text COLLATE "C" NOT NULL,
	"who" text COLLATE "C" NOT NULL,
	"role" text COLLATE "C" NOT NULL,
	"case_number" text COLLATE "C" NOT NULL,
	CONSTRAINT "case_parts_township_id_who_case_number_role_pk" PRIMARY KEY("township_id","who","case_number","role")
);
--> statement-breakpoint
CREATE TABLE "cases" (
	"township_id" text COLLATE "C" NOT NULL,
	"number" text COLLATE "C" NOT NULL,
	"year" integer NOT NULL,
	"serial" integer NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"open" boolean NOT NULL,
	"category" text COLLATE "C" NOT NULL,
	"village" text COLLATE "C",
	"assignee" text COLLATE "C",
	"received_at" bigint NOT NULL,
	"next_at" bigint,
	"origin_account" text COLLATE "C",
	"origin_chat" text COLLATE "C",
	"body" json NOT NULL,
	CONSTRAINT "cases_township_id_number_pk" PRIMARY KEY("township_id","number")
);
--> statement-breakpoint
CREATE TABLE "counters" (
	"township_id" text COLLATE "C" NOT NULL,
	"year" integer NOT NULL,
	"next" integer NOT NULL,
	CONSTRAINT "counters_township_id_year_pk" PRIMARY KEY("township_id","year")
);
--> statement-breakpoint
CREATE TABLE "events" (
	"township_id" text COLLATE "C" NOT NULL,
	"case_number" text COLLATE "C" NOT NULL,
	"seq" integer NOT NULL,
	"type" text COLLATE "C" NOT NULL,
	"at" bigint NOT NULL,
	"by" text COLLATE "C",
	"behalf" json,
	"account" text COLLATE "C",
	"chat" text COLLATE "C",
	"message" text COLLATE "C",
	"data" json NOT NULL,
	CONSTRAINT "events_township_id_case_number_seq_pk" PRIMARY KEY("township_id","case_number","seq")
);
--> statement-breakpoint
CREATE TABLE "facts" (
	"township_id" text COLLATE "C" NOT NULL,
	"key" text COLLATE "C" NOT NULL,
	"value" text COLLATE "C" NOT NULL,
	CONSTRAINT "facts_township_id_key_pk" PRIMARY KEY("township_id","key")
);
--> statement-breakpoint
CREATE TABLE "inbound" (
	"township_id" text COLLATE "C" NOT NULL,
	"account" text COLLATE "C" NOT NULL,
	"chat" text COLLATE "C" NOT NULL,
	"key" text COLLATE "C" NOT NULL,
	"at" bigint NOT NULL,
	"effect" text COLLATE "C" NOT NULL,
	CONSTRAINT "inbound_township_id_account_chat_key_pk" PRIMARY KEY("township_id","account","chat","key")
);
--> statement-breakpoint
CREATE TABLE "jobs" (
	"township_id" text COLLATE "C" NOT NULL,
	"key" text COLLATE "C" NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "jobs_township_id_key_pk" PRIMARY KEY("township_id","key")
);
--> statement-breakpoint
CREATE TABLE "leases" (
	"township_id" text COLLATE "C" NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"owner" text COLLATE "C" NOT NULL,
	"fence" integer NOT NULL,
	"until" bigint NOT NULL,
	CONSTRAINT "leases_township_id_name_pk" PRIMARY KEY("township_id","name")
);
--> statement-breakpoint
CREATE TABLE "meta" (
	"township_id" text COLLATE "C" NOT NULL,
	"key" text COLLATE "C" NOT NULL,
	"value" text COLLATE "C" NOT NULL,
	CONSTRAINT "meta_township_id_key_pk" PRIMARY KEY("township_id","key")
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "outbox_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"township_id" text COLLATE "C" NOT NULL,
	"account" text COLLATE "C" NOT NULL,
	"chat" text COLLATE "C" NOT NULL,
	"chat_kind" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"case_number" text COLLATE "C",
	"cases" json NOT NULL,
	"priority" integer NOT NULL,
	"due_at" bigint NOT NULL,
	"status" text COLLATE "C" NOT NULL,
	"attempts" integer NOT NULL,
	"fence" integer NOT NULL,
	"owner" text COLLATE "C",
	"lease_until" bigint,
	"interrupted" boolean NOT NULL,
	"merge_key" text COLLATE "C",
	"created_at" bigint NOT NULL,
	"settled_at" bigint,
	"message_id" text COLLATE "C",
	"detail" text COLLATE "C"
);
--> statement-breakpoint
CREATE TABLE "outbox_words" (
	"id" bigint PRIMARY KEY NOT NULL,
	"township_id" text COLLATE "C" NOT NULL,
	"body" json NOT NULL
);
--> statement-breakpoint
CREATE TABLE "policies" (
	"township_id" text COLLATE "C" NOT NULL,
	"version" integer NOT NULL,
	"body" text COLLATE "C" NOT NULL,
	CONSTRAINT "policies_township_id_version_pk" PRIMARY KEY("township_id","version")
);
--> statement-breakpoint
CREATE TABLE "prompts" (
	"township_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"who" text COLLATE "C" NOT NULL,
	"account" text COLLATE "C" NOT NULL,
	"chat" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"case_number" text COLLATE "C",
	"payload" json NOT NULL,
	"opened_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	CONSTRAINT "prompts_township_id_id_pk" PRIMARY KEY("township_id","id")
);
--> statement-breakpoint
CREATE TABLE "tasks" (
	"township_id" text COLLATE "C" NOT NULL,
	"key" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"payload" json NOT NULL,
	"run_at" bigint NOT NULL,
	"status" text COLLATE "C" NOT NULL,
	"attempts" integer NOT NULL,
	"fence" integer NOT NULL,
	"owner" text COLLATE "C",
	"lease_until" bigint,
	"detail" text COLLATE "C",
	CONSTRAINT "tasks_township_id_key_pk" PRIMARY KEY("township_id","key")
);
--> statement-breakpoint
CREATE TABLE "vault" (
	"township_id" text COLLATE "C" NOT NULL,
	"case_number" text COLLATE "C" NOT NULL,
	"field" text COLLATE "C" NOT NULL,
	"key_id" text COLLATE "C" NOT NULL,
	"wrapped_key" "bytea" NOT NULL,
	"nonce" "bytea" NOT NULL,
	"ciphertext" "bytea" NOT NULL,
	CONSTRAINT "vault_township_id_case_number_field_pk" PRIMARY KEY("township_id","case_number","field")
);
--> statement-breakpoint
ALTER TABLE "case_parts" ADD CONSTRAINT "case_parts_township_id_case_number_cases_township_id_number_fk" FOREIGN KEY ("township_id","case_number") REFERENCES "public"."cases"("township_id","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_township_id_case_number_cases_township_id_number_fk" FOREIGN KEY ("township_id","case_number") REFERENCES "public"."cases"("township_id","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_case" ON "audit" USING btree ("township_id","case_number","id");--> statement-breakpoint
CREATE INDEX "case_parts_case" ON "case_parts" USING btree ("township_id","case_number");--> statement-breakpoint
CREATE UNIQUE INDEX "cases_serial" ON "cases" USING btree ("township_id","year","serial");--> statement-breakpoint
CREATE INDEX "cases_open_assignee" ON "cases" USING btree ("township_id","assignee") WHERE open;--> statement-breakpoint
CREATE INDEX "cases_next" ON "cases" USING btree ("township_id","next_at","number") WHERE next_at is not null;--> statement-breakpoint
CREATE INDEX "cases_similar" ON "cases" USING btree ("township_id","village","category","received_at") WHERE open;--> statement-breakpoint
CREATE INDEX "cases_origin" ON "cases" USING btree ("township_id","origin_account","origin_chat","received_at") WHERE origin_chat is not null;--> statement-breakpoint
CREATE INDEX "events_message" ON "events" USING btree ("township_id","account","chat","message") WHERE message is not null;--> statement-breakpoint
CREATE INDEX "outbox_queued" ON "outbox" USING btree ("township_id","due_at","id") WHERE status = 'queued';--> statement-breakpoint
CREATE INDEX "outbox_waiting" ON "outbox" USING btree ("township_id","account","chat","merge_key") WHERE status = 'queued';--> statement-breakpoint
CREATE INDEX "outbox_sending" ON "outbox" USING btree ("township_id","lease_until") WHERE status = 'sending';--> statement-breakpoint
CREATE INDEX "outbox_message" ON "outbox" USING btree ("township_id","account","chat","message_id") WHERE message_id is not null;--> statement-breakpoint
CREATE INDEX "prompts_who" ON "prompts" USING btree ("township_id","who","account","chat");--> statement-breakpoint
CREATE INDEX "tasks_queued" ON "tasks" USING btree ("township_id","run_at","key") WHERE status = 'queued';--> statement-breakpoint
CREATE INDEX "tasks_running" ON "tasks" USING btree ("township_id","lease_until") WHERE status = 'running';