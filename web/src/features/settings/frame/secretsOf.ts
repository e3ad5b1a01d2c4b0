import type { TypedDocumentNode } from '@urql/core';
import {
  ApiKeySecretsDocument,
  ClientSecretsDocument,
  IssueApiKeyDocument,
  IssueClientSecretDocument,
  IssueWebhookSecretDocument,
  WebhookSecretsDocument,
} from '../graph';

/** A secret, without what it says: how it begins, since when it is there, when it was used. */
export type SecretView = {
  readonly prefix?: string;
  readonly hint?: string;
  readonly madeAt: string;
  readonly endsAt: string | null;
  readonly usedAt?: string | null;
  readonly usedFrom?: string | null;
};

export type Shown = { readonly secret: string; readonly othersEndAt?: string | null };

type Asked = { readonly of: { readonly secrets: readonly SecretView[] | null } | null };
type Issued = { readonly change: { readonly result: Shown | null; readonly operation: string | null; readonly errors: readonly Said[] } };
type Said = { readonly code: string; readonly message: string; readonly field: string | null; readonly facts: unknown };

/** How the secrets of something are read, and how it gets another. */
export type SecretsOf = {
  readonly read: TypedDocumentNode<Asked, { id: string }>;
  readonly issue: TypedDocumentNode<Issued, { id: string; overlapMinutes: number }>;
};

export const secretsOfApiKey: SecretsOf = { read: ApiKeySecretsDocument, issue: IssueApiKeyDocument };
export const secretsOfClient: SecretsOf = { read: ClientSecretsDocument, issue: IssueClientSecretDocument };
export const secretsOfWebhook: SecretsOf = { read: WebhookSecretsDocument, issue: IssueWebhookSecretDocument };
