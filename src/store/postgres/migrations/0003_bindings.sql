CREATE TABLE "binding_codes" (
	"township_id" text COLLATE "C" NOT NULL,
	"hash" text COLLATE "C" NOT NULL,
	"person" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"made_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"settled_at" bigint,
	CONSTRAINT "binding_codes_township_id_hash_pk" PRIMARY KEY("township_id","hash")
);
--> statement-breakpoint
CREATE TABLE "bindings" (
	"township_id" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"account" text COLLATE "C" NOT NULL,
	"external" text COLLATE "C" NOT NULL,
	"body" json NOT NULL,
	CONSTRAINT "bindings_township_id_kind_account_external_pk" PRIMARY KEY("township_id","kind","account","external")
);
--> statement-breakpoint
CREATE INDEX "binding_codes_open" ON "binding_codes" USING btree ("township_id","person") WHERE state = 'open';