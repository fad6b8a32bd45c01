/** Names of the services that are fetched when first asked for. */
export const seldomNames = ["application", "cloudformation", "database", "events", "lambda", "logs", "rds", "redshift", "secretsmanager", "sqs", "wafv2"] as const;
