/** Names of the services that are fetched when first asked for. */
export const seldomNames = ["application", "architecture", "cloudformation", "database", "estate", "events", "fms", "lambda", "logs", "rds", "redshift", "secretsmanager", "shield", "sqs", "traffic", "wafv2"] as const;
