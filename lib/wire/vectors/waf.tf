# AWS WAF against the endpoint: sets, a rule group, web ACLs of both scopes with every kind of statement, logging.

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

provider "aws" {
  region                      = "us-east-1"
  access_key                  = "test"
  secret_key                  = "test"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
  endpoints {
    iam   = "http://127.0.0.1:${var.port}"
    logs  = "http://127.0.0.1:${var.port}"
    sts   = "http://127.0.0.1:${var.port}"
    wafv2 = "http://127.0.0.1:${var.port}"
  }
}

resource "aws_wafv2_ip_set" "office" {
  name               = "office"
  description        = "where we are"
  scope              = "REGIONAL"
  ip_address_version = "IPV4"
  addresses          = ["192.0.2.0/24", "198.51.100.7/32"]
  tags               = { team = "a" }
}

resource "aws_wafv2_ip_set" "six" {
  name               = "six"
  scope              = "REGIONAL"
  ip_address_version = "IPV6"
  addresses          = ["2001:db8::/32"]
}

resource "aws_wafv2_regex_pattern_set" "robots" {
  name  = "robots"
  scope = "REGIONAL"
  regular_expression {
    regex_string = "(?i)bot$"
  }
  regular_expression {
    regex_string = "^curl/"
  }
  tags = { team = "a" }
}

resource "aws_wafv2_rule_group" "own" {
  name     = "own"
  scope    = "REGIONAL"
  capacity = 200

  rule {
    name     = "word"
    priority = 1
    action {
      count {
        custom_request_handling {
          insert_header {
            name  = "seen"
            value = "word"
          }
        }
      }
    }
    rule_label {
      name = "seen:word"
    }
    statement {
      byte_match_statement {
        positional_constraint = "CONTAINS_WORD"
        search_string         = "admin"
        field_to_match {
          uri_path {}
        }
        text_transformation {
          priority = 0
          type     = "URL_DECODE"
        }
        text_transformation {
          priority = 1
          type     = "LOWERCASE"
        }
      }
    }
    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "word"
      sampled_requests_enabled   = true
    }
  }

  rule {
    name     = "label"
    priority = 2
    action {
      block {
        custom_response {
          response_code            = 429
          custom_response_body_key = "slow"
          response_header {
            name  = "x-why"
            value = "label"
          }
        }
      }
    }
    statement {
      and_statement {
        statement {
          label_match_statement {
            scope = "LABEL"
            key   = "seen:word"
          }
        }
        statement {
          not_statement {
            statement {
              geo_match_statement {
                country_codes = ["DE", "NL"]
              }
            }
          }
        }
      }
    }
    visibility_config {
      cloudwatch_metrics_enabled = false
      metric_name                = "label"
      sampled_requests_enabled   = false
    }
  }

  rule {
    name     = "rate"
    priority = 3
    action {
      block {}
    }
    statement {
      rate_based_statement {
        limit                 = 500
        evaluation_window_sec = 120
        aggregate_key_type    = "CUSTOM_KEYS"
        custom_key {
          header {
            name = "x-api-key"
            text_transformation {
              priority = 0
              type     = "NONE"
            }
          }
        }
        custom_key {
          http_method {}
        }
        scope_down_statement {
          size_constraint_statement {
            comparison_operator = "GT"
            size                = 10
            field_to_match {
              query_string {}
            }
            text_transformation {
              priority = 0
              type     = "NONE"
            }
          }
        }
      }
    }
    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "rate"
      sampled_requests_enabled   = true
    }
  }

  custom_response_body {
    key          = "slow"
    content      = "Too many"
    content_type = "TEXT_PLAIN"
  }

  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = "own"
    sampled_requests_enabled   = true
  }
}

resource "aws_wafv2_web_acl" "shop" {
  name          = "shop"
  description   = "of the shop"
  scope         = "REGIONAL"
  token_domains = ["example.com"]
  tags          = { team = "a" }

  default_action {
    allow {
      custom_request_handling {
        insert_header {
          name  = "passed"
          value = "yes"
        }
      }
    }
  }

  association_config {
    request_body {
      api_gateway {
        default_size_inspection_limit = "KB_64"
      }
    }
  }

  captcha_config {
    immunity_time_property {
      immunity_time = 120
    }
  }

  challenge_config {
    immunity_time_property {
      immunity_time = 300
    }
  }

  rule {
    name     = "office"
    priority = 0
    action {
      allow {}
    }
    statement {
      or_statement {
        statement {
          ip_set_reference_statement {
            arn = aws_wafv2_ip_set.office.arn
          }
        }
        statement {
          ip_set_reference_statement {
            arn = aws_wafv2_ip_set.six.arn
            ip_set_forwarded_ip_config {
              header_name       = "X-Forwarded-For"
              fallback_behavior = "NO_MATCH"
              position          = "ANY"
            }
          }
        }
      }
    }
    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "office"
      sampled_requests_enabled   = true
    }
  }

  rule {
    name     = "robots"
    priority = 1
    action {
      challenge {}
    }
    rule_label {
      name = "robot"
    }
    statement {
      regex_pattern_set_reference_statement {
        arn = aws_wafv2_regex_pattern_set.robots.arn
        field_to_match {
          single_header {
            name = "user-agent"
          }
        }
        text_transformation {
          priority = 0
          type     = "NONE"
        }
      }
    }
    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "robots"
      sampled_requests_enabled   = true
    }
  }

  rule {
    name     = "pattern"
    priority = 2
    action {
      captcha {}
    }
    statement {
      regex_match_statement {
        regex_string = "^/old/[0-9]{3}"
        field_to_match {
          uri_path {}
        }
        text_transformation {
          priority = 0
          type     = "NORMALIZE_PATH"
        }
      }
    }
    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "pattern"
      sampled_requests_enabled   = true
    }
  }

  rule {
    name     = "sqli"
    priority = 3
    action {
      block {}
    }
    statement {
      sqli_match_statement {
        sensitivity_level = "HIGH"
        field_to_match {
          all_query_arguments {}
        }
        text_transformation {
          priority = 0
          type     = "URL_DECODE"
        }
        text_transformation {
          priority = 1
          type     = "HTML_ENTITY_DECODE"
        }
      }
    }
    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "sqli"
      sampled_requests_enabled   = true
    }
  }

  rule {
    name     = "xss"
    priority = 4
    action {
      block {}
    }
    statement {
      xss_match_statement {
        field_to_match {
          json_body {
            match_scope               = "VALUE"
            invalid_fallback_behavior = "EVALUATE_AS_STRING"
            oversize_handling         = "CONTINUE"
            match_pattern {
              included_paths = ["/comment", "/user/name"]
            }
          }
        }
        text_transformation {
          priority = 0
          type     = "NONE"
        }
      }
    }
    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "xss"
      sampled_requests_enabled   = true
    }
  }

  rule {
    name     = "headers"
    priority = 5
    action {
      count {}
    }
    statement {
      byte_match_statement {
        positional_constraint = "EXACTLY"
        search_string         = "x"
        field_to_match {
          headers {
            match_scope       = "KEY"
            oversize_handling = "NO_MATCH"
            match_pattern {
              excluded_headers = ["cookie"]
            }
          }
        }
        text_transformation {
          priority = 0
          type     = "NONE"
        }
      }
    }
    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "headers"
      sampled_requests_enabled   = true
    }
  }

  rule {
    name     = "body"
    priority = 6
    action {
      block {}
    }
    statement {
      size_constraint_statement {
        comparison_operator = "GT"
        size                = 8192
        field_to_match {
          body {
            oversize_handling = "MATCH"
          }
        }
        text_transformation {
          priority = 0
          type     = "NONE"
        }
      }
    }
    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "body"
      sampled_requests_enabled   = true
    }
  }

  rule {
    name     = "rate"
    priority = 7
    action {
      block {}
    }
    statement {
      rate_based_statement {
        limit              = 2000
        aggregate_key_type = "FORWARDED_IP"
        forwarded_ip_config {
          header_name       = "X-Forwarded-For"
          fallback_behavior = "MATCH"
        }
      }
    }
    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "limit"
      sampled_requests_enabled   = true
    }
  }

  rule {
    name     = "asn"
    priority = 8
    action {
      count {}
    }
    statement {
      asn_match_statement {
        asn_list = [64496, 64511]
      }
    }
    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "asn"
      sampled_requests_enabled   = true
    }
  }

  rule {
    name     = "own"
    priority = 9
    override_action {
      none {}
    }
    statement {
      rule_group_reference_statement {
        arn = aws_wafv2_rule_group.own.arn
        rule_action_override {
          name = "rate"
          action_to_use {
            count {}
          }
        }
      }
    }
    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "own"
      sampled_requests_enabled   = true
    }
  }

  rule {
    name     = "core"
    priority = 10
    override_action {
      count {}
    }
    statement {
      managed_rule_group_statement {
        vendor_name = "AWS"
        name        = "AWSManagedRulesCommonRuleSet"
        rule_action_override {
          name = "SizeRestrictions_BODY"
          action_to_use {
            count {}
          }
        }
        scope_down_statement {
          geo_match_statement {
            country_codes = ["US"]
            forwarded_ip_config {
              header_name       = "X-Forwarded-For"
              fallback_behavior = "NO_MATCH"
            }
          }
        }
      }
    }
    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "core"
      sampled_requests_enabled   = true
    }
  }

  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = "shop"
    sampled_requests_enabled   = true
  }
}

resource "aws_wafv2_web_acl_association" "shop" {
  resource_arn = var.balancer
  web_acl_arn  = aws_wafv2_web_acl.shop.arn
}

resource "aws_cloudwatch_log_group" "shop" {
  name = "aws-waf-logs-shop"
}

resource "aws_wafv2_web_acl_logging_configuration" "shop" {
  log_destination_configs = [aws_cloudwatch_log_group.shop.arn]
  resource_arn            = aws_wafv2_web_acl.shop.arn
  redacted_fields {
    single_header {
      name = "authorization"
    }
  }
  logging_filter {
    default_behavior = "KEEP"
    filter {
      behavior    = "DROP"
      requirement = "MEETS_ANY"
      condition {
        action_condition {
          action = "COUNT"
        }
      }
    }
  }
}

resource "aws_wafv2_web_acl" "world" {
  name  = "world"
  scope = "CLOUDFRONT"
  default_action {
    block {}
  }
  rule {
    name     = "fingerprint"
    priority = 0
    action {
      allow {}
    }
    statement {
      byte_match_statement {
        positional_constraint = "EXACTLY"
        search_string         = "0123456789abcdef0123456789abcdef"
        field_to_match {
          ja3_fingerprint {
            fallback_behavior = "NO_MATCH"
          }
        }
        text_transformation {
          priority = 0
          type     = "NONE"
        }
      }
    }
    visibility_config {
      cloudwatch_metrics_enabled = false
      metric_name                = "fingerprint"
      sampled_requests_enabled   = false
    }
  }
  visibility_config {
    cloudwatch_metrics_enabled = false
    metric_name                = "world"
    sampled_requests_enabled   = false
  }
}
