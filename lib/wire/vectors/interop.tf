# What the lab must let Terraform's AWS provider make, find unchanged, and destroy: see terraform.test.ts.
terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = ">= 5.0" }
  }
}
variable "valid_to" {
  type = string
}
variable "port" { type = number }
locals { url = "http://127.0.0.1:${var.port}" }
provider "aws" {
  region     = "eu-west-2"
  access_key = "111122223333"
  secret_key = "anything"
  endpoints {
    kms            = local.url
    ssm            = local.url
    sts            = local.url
    iam            = local.url
    secretsmanager = local.url
  }
}
provider "aws" {
  alias      = "replica"
  region     = "us-east-1"
  access_key = "111122223333"
  secret_key = "anything"
  endpoints {
    kms            = local.url
    ssm            = local.url
    sts            = local.url
    iam            = local.url
    secretsmanager = local.url
  }
}
data "aws_caller_identity" "me" {}
resource "aws_kms_key" "symmetric" {
  description             = "for the orders"
  enable_key_rotation     = true
  rotation_period_in_days = 180
  deletion_window_in_days = 7
  tags                    = { team = "orders" }
}
resource "aws_kms_key" "rsa" {
  customer_master_key_spec = "RSA_2048"
  key_usage                = "ENCRYPT_DECRYPT"
  deletion_window_in_days  = 7
}
resource "aws_kms_key" "ecc" {
  customer_master_key_spec = "ECC_NIST_P256"
  key_usage                = "SIGN_VERIFY"
  deletion_window_in_days  = 7
}
resource "aws_kms_key" "hmac" {
  customer_master_key_spec = "HMAC_256"
  key_usage                = "GENERATE_VERIFY_MAC"
  deletion_window_in_days  = 7
}
resource "aws_kms_key" "everywhere" {
  multi_region            = true
  deletion_window_in_days = 7
}
resource "aws_kms_replica_key" "everywhere" {
  provider                = aws.replica
  primary_key_arn         = aws_kms_key.everywhere.arn
  deletion_window_in_days = 7
  description             = "the replica"
}
resource "aws_kms_external_key" "mine" {
  key_material_base64     = "c2l4dGVlbiBieXRlcyBhbmQgc2l4dGVlbiBtb3JlISE="
  deletion_window_in_days = 7
  enabled                 = true
  valid_to                = var.valid_to
}
resource "aws_kms_alias" "orders" {
  name          = "alias/orders"
  target_key_id = aws_kms_key.symmetric.key_id
}
resource "aws_kms_key_policy" "hmac" {
  key_id = aws_kms_key.hmac.id
  policy = jsonencode({ Version = "2012-10-17", Id = "own", Statement = [{ Sid = "Account", Effect = "Allow", Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.me.account_id}:root" }, Action = "kms:*", Resource = "*" }] })
}
resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}
resource "aws_iam_policy" "read" {
  name   = "read"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["ssm:GetParameter"], Resource = "*" }] })
}
resource "aws_iam_role_policy_attachment" "app" {
  role       = aws_iam_role.app.name
  policy_arn = aws_iam_policy.read.arn
}
resource "aws_kms_grant" "app" {
  name              = "app"
  key_id            = aws_kms_key.symmetric.key_id
  grantee_principal = aws_iam_role.app.arn
  operations        = ["Encrypt", "Decrypt", "GenerateDataKey"]
  constraints { encryption_context_equals = { Department = "Orders" } }
}
resource "aws_kms_ciphertext" "c" {
  key_id    = aws_kms_key.symmetric.key_id
  plaintext = "a secret"
  context   = { foo = "bar" }
}
resource "aws_ssm_parameter" "plain" {
  name  = "/app/dev/url"
  type  = "String"
  value = "http://db"
  tags  = { a = "b" }
}
resource "aws_ssm_parameter" "list" {
  name  = "/app/dev/list"
  type  = "StringList"
  value = "a,b,c"
}
resource "aws_ssm_parameter" "secure" {
  name   = "/app/dev/secret"
  type   = "SecureString"
  value  = "hunter2"
  key_id = aws_kms_alias.orders.name
}
resource "aws_ssm_parameter" "advanced" {
  name  = "/app/dev/big"
  type  = "SecureString"
  tier  = "Advanced"
  value = join("", [for i in range(500) : "0123456789"])
}
resource "aws_ssm_parameter" "smart" {
  name  = "/app/dev/smart"
  type  = "String"
  tier  = "Intelligent-Tiering"
  value = "small"
}
resource "aws_secretsmanager_secret" "db" {
  name                    = "app/dev/db"
  description             = "of the orders"
  kms_key_id              = aws_kms_key.symmetric.arn
  recovery_window_in_days = 0
  tags                    = { team = "orders" }
}
resource "aws_secretsmanager_secret_version" "db" {
  secret_id     = aws_secretsmanager_secret.db.id
  secret_string = jsonencode({ username = "app", password = "EXAMPLE-PASSWORD" })
}
resource "aws_secretsmanager_secret_policy" "db" {
  secret_arn          = aws_secretsmanager_secret.db.arn
  block_public_policy = true
  policy              = jsonencode({ Version = "2012-10-17", Statement = [{ Sid = "App", Effect = "Allow", Principal = { AWS = aws_iam_role.app.arn }, Action = "secretsmanager:GetSecretValue", Resource = "*" }] })
}
output "alias" { value = aws_kms_alias.orders.target_key_arn }
