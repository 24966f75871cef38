variable "account_id" {
  type = string
}

data "aws_iam_policy_document" "canton_kms_participants_p1" {
  statement {
    sid       = "CreateKeys"
    actions   = ["kms:CreateKey"]
    resources = ["*"]

    condition {
      test     = "StringEquals"
      variable = "aws:RequestedRegion"
      values   = ["eu-central-1"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:RequestTag/CreatedBy"
      values   = ["Canton"]
    }
  }

  statement {
    sid       = "TagNewKeys"
    actions   = ["kms:TagResource"]
    resources = ["arn:aws:kms:eu-central-1:${var.account_id}:key/*"]

    condition {
      test     = "StringEquals"
      variable = "aws:RequestTag/CreatedBy"
      values   = ["Canton"]
    }
  }

  statement {
    sid       = "UseCreatedKeys"
    resources = ["arn:aws:kms:eu-central-1:${var.account_id}:key/*"]

    actions = [
      "kms:Decrypt",
      "kms:DescribeKey",
      "kms:Sign",
      "kms:GetPublicKey",
    ]

    condition {
      test     = "StringEquals"
      variable = "aws:ResourceTag/CreatedBy"
      values   = ["Canton"]
    }
  }
}

resource "aws_iam_policy" "canton_kms_participants_p1" {
  name   = "canton-kms-participants-p1"
  policy = data.aws_iam_policy_document.canton_kms_participants_p1.json
}
