package text

func setupEN(u *UI) {
	u.Setup = SetupWords{
		TitleNew: "New connection", TitleEdit: "Edit {name}",
		Progress: "step {n} of {of}",
		Optional: "optional", Nothing: "-",
		Example:   "for example {value}",
		Search:    "type to search: code, city or country",
		MoreBelow: "{n} more below",
		On:        "On", Off: "Off",
		Use:          "use {value}",
		LockAsking:   "asking the bucket whether media exist",
		LockUnknown:  "locked: the bucket cannot be listed",
		LockedBy:     "locked: {n} media exist",
		MediaAt:      "Your media will be at",
		NeedsBucket:  "the address appears once the bucket is named",
		AllDocuments: "all",
		StillNeeds:   "still needs: {fields}",
		DraftKept:    "kept as the draft {name}",
		Saved:        "{name} is saved",
		Saving:       "saving the connection",
	}
	u.About = AboutWords{
		Title:    "What this does",
		What:     "Media that are uploaded from microCMS's screens (images, videos, PDFs and other files) are stored in your own S3 bucket and delivered from your own domain, instead of microCMS's storage. This is more than a custom domain: the storage itself is yours.",
		Enable:   "It is part of the Enterprise plan, is off by default, and may cost extra: contact microCMS first. Only Amazon S3 is supported.",
		NeedsAWS: "You need a bucket, an IAM role with a permissions policy and, if you want, a CloudFront distribution. The documents for them are made on the way: nothing in AWS is changed by these steps, and whoever administers AWS can be handed a ready request.",
	}
	u.Review = ReviewWords{
		Name: "Name of the connection", Problems: "This has to be put right first", Addresses: "Your media will be at",
		Final: "What cannot be changed later", FinalBody: "Once the first file is uploaded, service, bucket, region, prefix, domain and the rule for file names are fixed, and the settings cannot be deleted. Role and external ID can be rotated.",
		Afterwards:   "Afterwards",
		Know:         "What to know before the first upload",
		Guessable:    "URLs have no random part, so they are easy to guess. Give sensitive files a name that nobody can guess.",
		ImageAPI:     "microCMS's image API (resizing, formats by URL parameters) does not work on these files. Use imgix or a similar service for that.",
		Backup:       "These files are not part of microCMS's backup. The bucket and its data are your responsibility.",
		Cache:        "No Cache-Control header is sent. Put CloudFront or another CDN in front if files should be cached.",
		Stale:        "A CDN may go on serving deleted files. Purge its cache on deletion, or keep its TTL short.",
		Direct:       "Changes made directly in S3, past the CMS, are not supported by it and can lead to missing media or errors.",
		Cost:         "Transfer and storage are billed by AWS to you, and do not appear in microCMS's usage graphs.",
		Existing:     "Media uploaded before stay where they are; only new uploads go to your bucket.",
		Environments: "Other environments keep their own copies in a directory of their own, {dir}env-..., with other addresses. Removing an environment removes its copies.",
		Plan:         "The feature needs microCMS's Enterprise plan and has to be enabled by microCMS.",
		AskMend:      "{n} to put right. enter goes to the first.",
		AskTest:      "Next: the connection test. It uploads a small test file, reads it back and removes it.",
		TestReady:    "The connection test passed.", TestWarnings: "The connection test passed with warnings.",
		TestFailed: "The connection test failed; your answers are kept as a draft. enter tests again.",
		TypeBucket: "Type the bucket name {bucket} to save",
		Saving:     "saving ...",
		KeyMend:    "put right", KeyTest: "run the test", KeyName: "name",
		NameTitle: "Name of the connection", NameBody: "Used on the command line and in lists. It can have lower-case letters, digits, dots, hyphens and underscores.",
		NameGrammar: "Use 1 to 63 lower-case letters, digits, dots, hyphens or underscores, beginning with a letter or digit.",
		NameTaken:   "{name} is taken by another connection.",
	}
	u.Documents = DocumentWords{
		All:   "documents for AWS",
		Trust: "Trust policy of the role", Permissions: "Permissions policy of the role", PermissionsTight: "Permissions policy, narrower",
		Bucket: "Bucket policy", KMS: "Key policy (KMS)", CORS: "CORS rules",
		Terraform: "Terraform", CloudFormation: "CloudFormation", Handoff: "Request to the AWS administrator", AWSCLI: "AWS CLI commands",
	}
}
