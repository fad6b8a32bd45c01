# Shield Advanced and Firewall Manager against the endpoint: protections, a group, automatic mitigation, the response team, policies.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

variable "port" {
  type = number
}

variable "balancer" {
  type = string
}

variable "address" {
  type = string
}

provider "aws" {
  region                      = "us-east-1"
  access_key                  = "test"
  secret_key                  = "test"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  endpoints {
    fms           = "http://127.0.0.1:${var.port}"
    iam           = "http://127.0.0.1:${var.port}"
    organizations = "http://127.0.0.1:${var.port}"
    shield        = "http://127.0.0.1:${var.port}"
    sts           = "http://127.0.0.1:${var.port}"
    wafv2         = "http://127.0.0.1:${var.port}"
  }
}

resource "aws_shield_protection" "address" {
  name         = "address"
  resource_arn = var.address
  tags         = { team = "a" }
}

resource "aws_shield_protection" "balancer" {
  name         = "balancer"
  resource_arn = var.balancer
}

resource "aws_shield_protection_group" "all" {
  protection_group_id = "all"
  aggregation         = "MEAN"
  pattern             = "ALL"
  depends_on          = [aws_shield_protection.address, aws_shield_protection.balancer]
}

resource "aws_shield_protection_group" "some" {
  protection_group_id = "some"
  aggregation         = "SUM"
  pattern             = "ARBITRARY"
  members             = [aws_shield_protection.address.resource_arn]
  tags                = { team = "a" }
}

resource "aws_shield_protection_health_check_association" "address" {
  health_check_arn     = "arn:aws:route53:::healthcheck/00000000-0000-4000-8000-000000000001"
  shield_protection_id = aws_shield_protection.address.id
}

resource "aws_wafv2_web_acl" "shop" {
  name  = "shop"
  scope = "REGIONAL"
  default_action {
    allow {}
  }
  visibility_config {
    cloudwatch_metrics_enabled = false
    metric_name                = "shop"
    sampled_requests_enabled   = false
  }
  # Shield's rule is Shield's.
  lifecycle {
    ignore_changes = [rule]
  }
}

resource "aws_wafv2_web_acl_association" "shop" {
  resource_arn = var.balancer
  web_acl_arn  = aws_wafv2_web_acl.shop.arn
}

resource "aws_shield_application_layer_automatic_response" "shop" {
  resource_arn = aws_shield_protection.balancer.resource_arn
  action       = "COUNT"
  depends_on   = [aws_wafv2_web_acl_association.shop]
}

resource "aws_iam_role" "team" {
  name = "srt"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "drt.shield.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy_attachment" "team" {
  role       = aws_iam_role.team.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSShieldDRTAccessPolicy"
}

resource "aws_shield_drt_access_role_arn_association" "team" {
  role_arn   = aws_iam_role.team.arn
  depends_on = [aws_iam_role_policy_attachment.team]
}

resource "aws_shield_drt_access_log_bucket_association" "logs" {
  log_bucket              = "attack-logs"
  role_arn_association_id = aws_shield_drt_access_role_arn_association.team.id
}

resource "aws_fms_admin_account" "here" {}

resource "aws_fms_policy" "web" {
  name                  = "web"
  description           = "core rules first"
  resource_type_list    = ["AWS::ElasticLoadBalancingV2::LoadBalancer", "AWS::ApiGateway::Stage"]
  exclude_resource_tags = false
  remediation_enabled   = false
  resource_tags         = { tier = "web" }
  exclude_map {
    account = ["444455556666"]
  }
  security_service_policy_data {
    type = "WAFV2"
    managed_service_data = jsonencode({
      type                  = "WAFV2"
      defaultAction         = { type = "ALLOW" }
      loggingConfiguration  = null
      postProcessRuleGroups = []
      preProcessRuleGroups = [{
        ruleGroupArn               = null
        ruleGroupType              = "ManagedRuleGroup"
        managedRuleGroupIdentifier = { vendorName = "AWS", managedRuleGroupName = "AWSManagedRulesCommonRuleSet", version = null }
        overrideAction             = { type = "NONE" }
        excludeRules               = []
      }]
      overrideCustomerWebACLAssociation = false
    })
  }
  tags       = { team = "a" }
  depends_on = [aws_fms_admin_account.here]
}

resource "aws_fms_policy" "addresses" {
  name                  = "addresses"
  resource_type         = "AWS::EC2::EIP"
  exclude_resource_tags = false
  remediation_enabled   = true
  security_service_policy_data {
    type                 = "SHIELD_ADVANCED"
    managed_service_data = jsonencode({ type = "SHIELD_ADVANCED" })
  }
  depends_on = [aws_fms_admin_account.here]
}
