CREATE TABLE "contacts" (
	"township_id" text COLLATE "C" NOT NULL,
	"account" text COLLATE "C" NOT NULL,
	"chat" text COLLATE "C" NOT NULL,
	"last_at" bigint NOT NULL,
	CONSTRAINT "contacts_township_id_account_chat_pk" PRIMARY KEY("township_id","account","chat")
);
