# A function, the permission to call it, and a secret that it rotates.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

variable "port" {
  type = number
}

provider "aws" {
  region                      = "us-east-1"
  access_key                  = "test"
  secret_key                  = "test"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
  endpoints {
    iam            = "http://127.0.0.1:${var.port}"
    kms            = "http://127.0.0.1:${var.port}"
    lambda         = "http://127.0.0.1:${var.port}"
    secretsmanager = "http://127.0.0.1:${var.port}"
    sts            = "http://127.0.0.1:${var.port}"
  }
}

resource "aws_iam_role" "rotate" {
  name               = "rotate"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}
resource "aws_iam_role_policy" "rotate" {
  name   = "rotate"
  role   = aws_iam_role.rotate.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue", "secretsmanager:PutSecretValue", "secretsmanager:UpdateSecretVersionStage", "secretsmanager:GetRandomPassword"], Resource = "*" }] })
}

resource "aws_lambda_function" "rotate" {
  function_name    = "rotate"
  description      = "A new password for the secret"
  role             = aws_iam_role.rotate.arn
  runtime          = "nodejs22.x"
  handler          = "index.handler"
  timeout          = 30
  filename         = "rotate.zip"
  source_code_hash = filebase64sha256("rotate.zip")
  environment {
    variables = { LENGTH = "24" }
  }
  tags = { team = "orders" }
}
resource "aws_lambda_permission" "rotate" {
  statement_id  = "SecretsManager"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.rotate.function_name
  principal     = "secretsmanager.amazonaws.com"
}
resource "aws_lambda_alias" "live" {
  name             = "live"
  function_name    = aws_lambda_function.rotate.function_name
  function_version = "$LATEST"
}

resource "aws_secretsmanager_secret" "token" {
  name                    = "app/token"
  recovery_window_in_days = 0
}
resource "aws_secretsmanager_secret_version" "token" {
  secret_id      = aws_secretsmanager_secret.token.id
  secret_string  = "first"
  version_stages = ["AWSCURRENT", "FIRST"]
  # Rotation gives the secret its value from here on.
  lifecycle {
    ignore_changes = [secret_string, version_stages]
  }
}
resource "aws_secretsmanager_secret_rotation" "token" {
  secret_id           = aws_secretsmanager_secret.token.id
  rotation_lambda_arn = aws_lambda_function.rotate.arn
  rotate_immediately  = true
  rotation_rules {
    automatically_after_days = 30
  }
  depends_on = [aws_lambda_permission.rotate, aws_iam_role_policy.rotate, aws_secretsmanager_secret_version.token]
}
