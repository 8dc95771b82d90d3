/** The tables of accounts: those of better-auth with its organization plugin, and our own roles, requests and counters. */
import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...betterAuth, ...own]) await sql.raw(statement).execute(db)
}

/** As better-auth's own migration tool (1.7.7) writes it, with the two unique keys below that it leaves out. */
const betterAuth = [
  `create table "user" (
    "id" text not null primary key,
    "name" text not null,
    "email" text not null unique,
    "emailVerified" boolean not null,
    "image" text,
    "createdAt" timestamptz not null default current_timestamp,
    "updatedAt" timestamptz not null default current_timestamp
  )`,
  `create table "session" (
    "id" text not null primary key,
    "expiresAt" timestamptz not null,
    "token" text not null unique,
    "createdAt" timestamptz not null default current_timestamp,
    "updatedAt" timestamptz not null,
    "ipAddress" text,
    "userAgent" text,
    "userId" text not null references "user" ("id") on delete cascade,
    "activeOrganizationId" text
  )`,
  `create table "account" (
    "id" text not null primary key,
    "accountId" text not null,
    "providerId" text not null,
    "userId" text not null references "user" ("id") on delete cascade,
    "accessToken" text,
    "refreshToken" text,
    "idToken" text,
    "accessTokenExpiresAt" timestamptz,
    "refreshTokenExpiresAt" timestamptz,
    "scope" text,
    "password" text,
    "createdAt" timestamptz not null default current_timestamp,
    "updatedAt" timestamptz not null
  )`,
  `create table "verification" (
    "id" text not null primary key,
    "identifier" text not null,
    "value" text not null,
    "expiresAt" timestamptz not null,
    "createdAt" timestamptz not null default current_timestamp,
    "updatedAt" timestamptz not null default current_timestamp
  )`,
  `create table "organization" (
    "id" text not null primary key,
    "name" text not null,
    "slug" text not null unique,
    "logo" text,
    "createdAt" timestamptz not null,
    "metadata" text
  )`,
  `create table "member" (
    "id" text not null primary key,
    "organizationId" text not null references "organization" ("id") on delete cascade,
    "userId" text not null references "user" ("id") on delete cascade,
    "role" text not null,
    "createdAt" timestamptz not null
  )`,
  `create table "invitation" (
    "id" text not null primary key,
    "organizationId" text not null references "organization" ("id") on delete cascade,
    "email" text not null,
    "role" text,
    "status" text not null,
    "expiresAt" timestamptz not null,
    "createdAt" timestamptz not null default current_timestamp,
    "inviterId" text not null references "user" ("id") on delete cascade
  )`,
  `create table "rateLimit" (
    "id" text not null primary key,
    "key" text not null unique,
    "count" integer not null,
    "lastRequest" bigint not null
  )`,
  `create index "session_userId_idx" on "session" ("userId")`,
  `create index "account_userId_idx" on "account" ("userId")`,
  `create unique index "account_subject_idx" on "account" ("providerId", "accountId")`,
  `create index "verification_identifier_idx" on "verification" ("identifier")`,
  // One person is in a team once, also when two answers to an invitation cross.
  `create unique index "member_once_idx" on "member" ("organizationId", "userId")`,
  `create index "member_userId_idx" on "member" ("userId")`,
  `create index "invitation_organizationId_idx" on "invitation" ("organizationId")`,
  `create index "invitation_email_idx" on "invitation" ("email")`,
]

const own = [
  `create table person_role (
    person text not null references "user" ("id") on delete cascade,
    role text not null check (role in ('admin', 'facilitator', 'desk', 'editor')),
    primary key (person, role)
  )`,
  `create table join_request (
    id text not null primary key,
    person text not null references "user" ("id") on delete cascade,
    nis text not null,
    status text not null check (status in ('pending', 'approved', 'refused')),
    asked_at bigint not null,
    decided_by text references "user" ("id") on delete set null,
    decided_at bigint
  )`,
  // Asking twice is one request.
  `create unique index join_request_open on join_request (person, nis) where status = 'pending'`,
  `create index join_request_nis on join_request (nis) where status = 'pending'`,
  `create table attempt (key text not null primary key, count integer not null, since bigint not null)`,
]
