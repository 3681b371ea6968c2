package text

// fieldsEN: validation codes, notices, field labels and help of package wizard.
var fieldsEN = merge(fieldLabelsEN, fieldErrorsEN, fieldNoticesEN, partsEN, cloudinaryFieldsEN, amplifyFieldsEN, imgixEN, alsoTrust(fieldErrorsEN))

// fieldLabelsEN: what is asked, why, and where AWS's console shows it.
var fieldLabelsEN = map[string]string{
	"step.service.title": "Service",
	"step.bucket.title":  "Bucket",
	"step.access.title":  "Access",
	"step.place.title":   "Prefix and domain",
	"step.rules.title":   "File names and notes",
	"step.review.title":  "Review",

	"field.integration.label":       "Service",
	"field.bucket.label":            "Bucket name",
	"field.region.label":            "Region",
	"field.access.label":            "How mediadock reaches the bucket",
	"field.role_arn.label":          "IAM role ARN",
	"field.external_id.label":       "External ID",
	"field.trusted_principal.label": "Account that the role trusts",
	"field.prefix.label":            "URL prefix",
	"field.domain.label":            "Custom domain",
	"field.fix_file_names.label":    "Fix media file name",
	"field.distribution.label":      "CloudFront distribution",
	"field.service_id.label":        "Service ID",
	"field.managed_by.label":        "Who writes media",
	"field.notes.label":             "Notes",

	"field.integration.help":       "The service that your bucket is connected to.",
	"field.bucket.help":            "The name of one general purpose bucket, with ACLs disabled. It appears in the URLs of your media unless you set a custom domain.",
	"field.region.help":            "The AWS Region the bucket is in. Search by code, English or Japanese name.",
	"field.access.help":            "“Assume the IAM role” works if the role trusts your own account, too. If it trusts only the service's account, choose your own AWS credentials: the role is still part of the settings.",
	"field.role_arn.help":          "The role that is assumed to upload, change and delete media in the bucket. The permissions policy is attached to it.",
	"field.external_id.help":       "The value that must be presented to assume the role: 2 to 1,224 letters, digits and _ + = , . @ : / -. Let mediadock generate one; nobody can guess it. The role's trust policy must contain exactly the same value.",
	"field.trusted_principal.help": "In IAM's words “another AWS account”: the 12-digit account ID that the service told you individually for this set-up, or the ARN of a role or user in it. It is written into the trust policy.",
	"field.prefix.help":            "The directory in the bucket that media are uploaded to; several levels are possible. Empty: the root of the bucket.",
	"field.domain.help":            "The domain that delivers the media, such as that of your CloudFront distribution. Empty: the bucket's own S3 address, which shows bucket name and Region.",
	"field.fix_file_names.help":    "On: a file can be uploaded again only under the same name, and cannot be renamed. Off: both are allowed. Either way .../salary-2026.pdf is easy to guess and .../salary-2026-k7m3x9q2w8h5t4r6n2c7v9d3z8.pdf is not: the upload offers such names.",
	"field.distribution.help":      "The ID or ARN of the CloudFront distribution in front of the bucket. With it the bucket policy admits that distribution alone; without it the media must be public.",
	"field.service_id.help":        "The service's internal ID, stored with every upload as x-amz-meta-microcms-service. Empty: one is generated.",
	"field.managed_by.help":        "If the CMS itself writes to this bucket, changes made here bypass it and can leave its screens inconsistent; mediadock then asks before its first write.",
	"field.notes.help":             "Free text about this connection, for you and your colleagues. Do not put secrets here.",

	"field.bucket.where":            "S3 › General purpose buckets › Name",
	"field.region.where":            "S3 › General purpose buckets › AWS Region",
	"field.role_arn.where":          "IAM › Roles › your role › Summary › ARN",
	"field.external_id.where":       "IAM › Roles › your role › Trust relationships › sts:ExternalId",
	"field.trusted_principal.where": "IAM › Roles › your role › Trust relationships › Principal",
	"field.prefix.where":            "S3 › your bucket › Objects: the folder that will hold the media",
	"field.domain.where":            "CloudFront › Distributions › your distribution › General › Alternate domain names",
	"field.distribution.where":      "CloudFront › Distributions › ID",
	"field.integration.where":       "",
	"field.access.where":            "",
	"field.fix_file_names.where":    "",
	"field.service_id.where":        "S3 › your bucket › an uploaded object › Metadata",
	"field.managed_by.where":        "",
	"field.notes.where":             "",

	"choice.integration.microcms": "microCMS keeps the media uploaded from its screens in your bucket (Enterprise plan; microCMS has to enable it).",
	"choice.access.role":          "Assume the IAM role with the external ID, exactly as the service does.",
	"choice.access.caller":        "Use the rights of your own AWS credentials; the role is left to the service.",
	"choice.managed_by.mediadock": "Only mediadock changes the media in this bucket.",
	"choice.managed_by.service":   "The CMS writes to this bucket, too; changes made here are not supported by it.",

	"next.microcms": "In microCMS open Settings › External integrations › Amazon S3 integration, enter the same values, run its connection test and apply. Only media uploaded from then on go to your bucket.",
}
