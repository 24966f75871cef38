variable "service_account" {
  type = string
}

resource "google_project_iam_custom_role" "canton_kms_participants_p1" {
  project = "ledger"
  role_id = "canton_kms_participants_p1"
  title   = "Canton KMS, participants.p1"

  permissions = [
    "cloudkms.cryptoKeyVersions.get",
    "cloudkms.cryptoKeyVersions.useToEncrypt",
    "cloudkms.cryptoKeyVersions.useToDecrypt",
  ]
}

resource "google_kms_crypto_key_iam_member" "canton_kms_participants_p1" {
  for_each = toset(["wrapper"])

  crypto_key_id = "ledger/europe-west3/ring/${each.value}"
  role          = google_project_iam_custom_role.canton_kms_participants_p1.name
  member        = "serviceAccount:${var.service_account}"
}
