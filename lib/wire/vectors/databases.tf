# Databases against the endpoint: an instance with a password of one's own, an Aurora cluster whose password RDS manages, a Redshift cluster.

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
    rds            = "http://127.0.0.1:${var.port}"
    redshift       = "http://127.0.0.1:${var.port}"
    secretsmanager = "http://127.0.0.1:${var.port}"
    sts            = "http://127.0.0.1:${var.port}"
  }
}

resource "aws_kms_key" "storage" {
  description             = "storage of databases"
  deletion_window_in_days = 7
}

resource "aws_db_instance" "shop" {
  identifier          = "shop"
  engine              = "mysql"
  engine_version      = "8.4"
  instance_class      = "db.t4g.micro"
  allocated_storage   = 20
  db_name             = "shop"
  username            = "boss"
  password            = "Rotate-Me-1"
  storage_encrypted   = true
  kms_key_id          = aws_kms_key.storage.arn
  skip_final_snapshot = true
  apply_immediately   = true
  tags                = { team = "a" }
}

resource "aws_rds_cluster" "heart" {
  cluster_identifier          = "heart"
  engine                      = "aurora-postgresql"
  master_username             = "boss"
  manage_master_user_password = true
  skip_final_snapshot         = true
  availability_zones          = ["us-east-1a", "us-east-1b", "us-east-1c"]
}

resource "aws_rds_cluster_instance" "one" {
  identifier         = "one"
  cluster_identifier = aws_rds_cluster.heart.id
  engine             = aws_rds_cluster.heart.engine
  instance_class     = "db.t4g.medium"
}

resource "aws_redshift_cluster" "sales" {
  cluster_identifier  = "sales"
  node_type           = "ra3.large"
  cluster_type        = "single-node"
  master_username     = "boss"
  master_password     = "Rotate-Me-1"
  database_name       = "sales"
  encrypted           = true
  publicly_accessible = false
  skip_final_snapshot = true
}
