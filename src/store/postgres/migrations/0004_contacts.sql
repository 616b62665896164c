CREATE TABLE "contacts" (
	"township_id" text COLLATE "C" NOT NULL,
	"account" text COLLATE "C" NOT NULL,
	"chat" text COLLATE "C" NOT NULL,
	"last_at" bigint NOT NULL,
	CONSTRAINT "contacts_township_id_account_chat_pk" PRIMARY KEY("township_id","account","chat")
);
--> statement-breakpoint
-- Who has written before may be written to: without this, a platform that wants a first word from people
-- would count everybody as a stranger on the day of the upgrade.
INSERT INTO contacts (township_id, account, chat, last_at)
SELECT township_id, account, chat, max("at") FROM inbound GROUP BY township_id, account, chat;
