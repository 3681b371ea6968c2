package wizard

import "strings"

// What people paste beside the plain mistakes of the other tables: addresses
// of every kind, lines of files and mails, policies, commands.

const (
	trustPolicy = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::999988887777:root"},` +
		`"Action":"sts:AssumeRole","Condition":{"StringEquals":{"sts:ExternalId":"md-7k2q5n3vxwz4r6tb"}}}]}`
	bucketPolicy = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"cloudfront.amazonaws.com"},"Action":"s3:GetObject",` +
		`"Resource":"arn:aws:s3:::alpha/media/*","Condition":{"StringEquals":{"AWS:SourceArn":"arn:aws:cloudfront::210987654321:distribution/E2EXAMPLE"}}}]}`
	rolePolicy = "{\n  \"Statement\": [\n    {\"Action\": [\"s3:ListBucket\"], \"Resource\": \"arn:aws:s3:::alpha\"},\n" +
		"    {\"Action\": \"s3:PutObject\", \"Resource\": \"arn:aws:s3:::alpha/media/*\"}\n  ]\n}"
	getRole = `{"Role": {"Path": "/", "RoleName": "MediaRole", "RoleId": "AROAEXAMPLE", "Arn": "arn:aws:iam::210987654321:role/MediaRole", ` +
		`"AssumeRolePolicyDocument": {"Statement": [{"Principal": {"AWS": "arn:aws:iam::999988887777:role/cms"}}]}}}`
	dotEnv = "AWS_REGION=ap-northeast-1\nAWS_BUCKET=alpha\nS3_PREFIX=\"media/path\"\nMEDIA_DOMAIN=https://m.acme.jp\n"
	mail   = "バケット名：alpha\nリージョン：東京\n外部ID：md-7k2q5n3vxwz4r6tb\nIAMロールのARN：arn:aws:iam::210987654321:role/MediaRole"
)

var bucketPastes = []row{
	{in: "https://alpha.s3-website.cn-north-1.amazonaws.com.cn/", err: "bucket.pasted_url", suggest: "alpha", also: also{"region": "cn-north-1"}},
	{in: "https://alpha.s3.ap-northeast-1.api.aws/media/", err: "bucket.pasted_url", suggest: "alpha", also: also{"region": "ap-northeast-1", "prefix": "media"}},
	{in: "alpha.s3.dualstack.ap-northeast-1.api.aws", err: "bucket.pasted_url", suggest: "alpha", also: also{"region": "ap-northeast-1"}},
	{in: "https://s3.dualstack.us-gov-west-1.amazonaws.com/alpha/x/y/", err: "bucket.pasted_url", suggest: "alpha", also: also{"region": "us-gov-west-1", "prefix": "x/y"}},
	{in: "alpha.s3.ap-northeast-1.amazonaws.com.", err: "bucket.pasted_url", suggest: "alpha", also: also{"region": "ap-northeast-1"}},
	{in: "https://user@alpha.s3.ap-northeast-1.amazonaws.com:443/", err: "bucket.pasted_url", suggest: "alpha", also: also{"region": "ap-northeast-1"}},
	{in: "https://s3-control.ap-northeast-1.amazonaws.com/v20180820/bucket/alpha", err: "bucket.pasted_url.no_bucket"},
	{in: "https://s3.ap-northeast-1.amazonaws.com/", err: "bucket.pasted_url.no_bucket"},
	{in: "s3:/alpha/media", err: "bucket.pasted_url", suggest: "alpha", also: also{"prefix": "media"}},
	{in: "s3:alpha", err: "bucket.pasted_url", suggest: "alpha"},
	{in: "S3N://alpha/", err: "bucket.pasted_url", suggest: "alpha"},
	{in: "s3://", err: "bucket.pasted_url.no_bucket"},
	{in: "s3://Alpha/media/", err: "bucket.pasted_url", suggest: "alpha", also: also{"prefix": "media"}},
	{in: "ｓ３：／／ａｌｐｈａ／ｍｅｄｉａ", err: "bucket.charset", suggest: "alpha", also: also{"prefix": "media"}},
	{in: "ｈｔｔｐｓ：／／ａｌｐｈａ．ｓ３．ａｐ－ｎｏｒｔｈｅａｓｔ－１．ａｍａｚｏｎａｗｓ．ｃｏｍ／", err: "bucket.charset", suggest: "alpha", also: also{"region": "ap-northeast-1"}},
	{in: "arn:aws:s3:::alpha/", err: "bucket.pasted_arn", suggest: "alpha"},
	{in: "arn:aws:s3:::alpha/media/写真.png", err: "bucket.pasted_arn", suggest: "alpha", also: also{"prefix": "media"}},
	{in: "arn:aws-us-gov:s3:::alpha", err: "bucket.pasted_arn", suggest: "alpha"},
	{in: "arn:aws-eusc:s3:::alpha", err: "bucket.pasted_arn", suggest: "alpha"},
	{in: "arn:aws:s3:::media-111122223333-us-west-2-an", with: Settings{Region: "us-east-1"}, err: "bucket.pasted_arn", suggest: "media-111122223333-us-west-2-an", also: also{"region": "us-west-2"}},
	{in: "arn:aws:s3:::fast--apne1-az4--x-s3", err: "bucket.pasted_arn"},
	{in: "arn:aws:s3:ap-northeast-1:111122223333:accesspoint/web/object/x", err: "bucket.not_general_purpose.access_point"},
	{in: "arn:aws:s3:ap-northeast-1:111122223333:storage-lens/x", err: "bucket.pasted_arn.other"},
	{in: "s3://web-abc123-s3alias/x", err: "bucket.pasted_url", also: also{"prefix": "x"}},

	{in: "https://console.aws.amazon.com/s3/home?region=ap-northeast-1&bucket=alpha&prefix=media/", err: "bucket.pasted_url", suggest: "alpha", also: also{"region": "ap-northeast-1", "prefix": "media"}},
	{in: "https://console.aws.amazon.com/s3/buckets/alpha/media/?region=us-east-1&tab=overview", err: "bucket.pasted_url", suggest: "alpha", also: also{"region": "us-east-1", "prefix": "media"}},
	{in: "https://s3.console.aws.amazon.com/s3/buckets/alpha?prefix=media%2F2026%2F&region=ap-northeast-1", err: "bucket.pasted_url", suggest: "alpha", also: also{"region": "ap-northeast-1", "prefix": "media/2026"}},
	{in: "https://s3.console.aws.amazon.com/s3/upload/alpha?region=ap-northeast-1", err: "bucket.pasted_url", suggest: "alpha", also: also{"region": "ap-northeast-1"}},
	{in: "https://cn-north-1.console.amazonaws.cn/s3/buckets/alpha", err: "bucket.pasted_url", suggest: "alpha", also: also{"region": "cn-north-1"}},
	{in: "https://us-gov-west-1.console.amazonaws-us-gov.com/s3/buckets/alpha", err: "bucket.pasted_url", suggest: "alpha", also: also{"region": "us-gov-west-1"}},
	{in: "us-gov-west-1.console.amazonaws-us-gov.com/s3/buckets/alpha", err: "bucket.pasted_url", suggest: "alpha", also: also{"region": "us-gov-west-1"}},
	{in: "https://eusc-de-east-1.console.amazonaws-eusc.eu/s3/buckets/alpha", err: "bucket.pasted_url", suggest: "alpha", also: also{"region": "eusc-de-east-1"}},
	{in: "https://s3.console.aws.amazon.com/s3/table-buckets/sales", err: "bucket.not_general_purpose.table"},
	{in: "https://us-east-1.console.aws.amazon.com/s3/ap/111122223333/web?region=ap-northeast-1", err: "bucket.not_general_purpose.access_point"},
	{in: "https://us-east-1.console.aws.amazon.com/s3/mrap/111122223333/web", err: "bucket.not_general_purpose.multi_region"},
	{in: "https://us-east-1.console.aws.amazon.com/s3/olap/111122223333/web", err: "bucket.not_general_purpose.object_lambda"},
	{in: "https://us-east-1.console.aws.amazon.com/s3/get-started?region=ap-northeast-1", err: "bucket.pasted_url.no_bucket"},
	{in: "https://acme.awsapps.com/start/#/console?account_id=210987654321&role_name=Admin&destination=https%3A%2F%2Fap-northeast-1.console.aws.amazon.com%2Fs3%2Fbuckets%2Falpha", err: "bucket.pasted_url", suggest: "alpha", also: also{"region": "ap-northeast-1"}},

	{in: "AWS_BUCKET=alpha", err: "any.pasted_text", suggest: "alpha"},
	{in: `export S3_BUCKET_NAME="alpha"`, err: "any.pasted_text", suggest: "alpha"},
	{in: "MEDIADOCK_BUCKET=alpha;", err: "any.pasted_text", suggest: "alpha"},
	{in: "bucket: s3://alpha/media/", err: "any.pasted_text", suggest: "alpha", also: also{"prefix": "media"}},
	{in: "- Bucket name: alpha", err: "any.pasted_text", suggest: "alpha"},
	{in: "バケット名：alpha", err: "any.pasted_text", suggest: "alpha"},
	{in: "S3バケット名: 「alpha」", err: "any.pasted_text", suggest: "alpha"},
	{in: `"Resource": "arn:aws:s3:::alpha/media/*"`, err: "any.pasted_text", suggest: "alpha", also: also{"prefix": "media"}},
	{in: `"bucketName": "alpha",`, err: "any.pasted_text", suggest: "alpha"},
	{in: bucketPolicy, err: "any.pasted_text.json", suggest: "alpha", also: also{"prefix": "media", "distribution": "arn:aws:cloudfront::210987654321:distribution/E2EXAMPLE"}},
	{in: rolePolicy, err: "any.pasted_text.json", suggest: "alpha", also: also{"prefix": "media"}},
	{in: rolePolicy, with: Settings{Prefix: "kept"}, err: "any.pasted_text.json", suggest: "alpha"},
	{in: `{"Statement": [{"Resource": ["arn:aws:s3:::alpha", "arn:aws:s3:::beta"]}]}`, err: "any.pasted_text.json"},
	{in: "{}", err: "any.pasted_text.json"},
	{in: dotEnv, err: "any.pasted_text", suggest: "alpha", also: also{"region": "ap-northeast-1", "prefix": "media/path", "domain": "https://m.acme.jp"}, notices: []string{"space_removed"}},
	{in: mail, err: "any.pasted_text", suggest: "alpha", also: also{"region": "ap-northeast-1", "external_id": strong, "role_arn": role}},
	{in: strings.ReplaceAll(mail, "\n", " "), err: "any.pasted_text", suggest: "alpha", also: also{"region": "ap-northeast-1", "external_id": strong, "role_arn": role}},
	{in: "bucket: alpha region: Asia Pacific (Tokyo)", err: "any.pasted_text", suggest: "alpha", also: also{"region": "ap-northeast-1"}},
	{in: "AWS_REGION=ap-northeast-1", err: "any.pasted_text", also: also{"region": "ap-northeast-1"}},
	{in: "AWS_BUCKET=alpha AWS_REGION=ap-northeast-1", err: "any.pasted_text", suggest: "alpha", also: also{"region": "ap-northeast-1"}},
	{in: "aws s3 ls s3://alpha/media/", err: "any.pasted_text", suggest: "alpha", also: also{"prefix": "media"}},
	{in: "$ aws s3api get-bucket-location --bucket alpha --region ap-northeast-1", err: "any.pasted_text", suggest: "alpha", also: also{"region": "ap-northeast-1"}},
	{in: "aws s3 sync s3://alpha s3://beta", err: "any.pasted_text"},
	{in: "<https://alpha.s3.ap-northeast-1.amazonaws.com/>", err: "any.pasted_text", suggest: "alpha", also: also{"region": "ap-northeast-1"}},
	{in: "[alpha](https://alpha.s3.ap-northeast-1.amazonaws.com/a.png)", err: "any.pasted_text", suggest: "alpha", also: also{"region": "ap-northeast-1"}},
}

var regionPastes = []row{
	{in: "ﾄｳｷｮｳ", err: "region.display_name", suggest: "ap-northeast-1"},
	{in: "とうきょう", err: "region.display_name", suggest: "ap-northeast-1"},
	{in: "ｵﾚｺﾞﾝ", err: "region.display_name", suggest: "us-west-2"},
	{in: "ｱｼﾞｱﾊﾟｼﾌｨｯｸ (東京)", err: "region.display_name", suggest: "ap-northeast-1"},
	{in: "Ｔｏｋｙｏ", err: "region.display_name", suggest: "ap-northeast-1"},
	{in: "TOKYO", err: "region.display_name", suggest: "ap-northeast-1"},
	{in: "Tokyo Region", err: "region.display_name", suggest: "ap-northeast-1"},
	{in: "東京 リージョン", err: "region.display_name", suggest: "ap-northeast-1"},
	{in: "ap-northeast-1リージョン", err: "region.display_name", suggest: "ap-northeast-1"},
	{in: "Asia Pacific (Tokyo) Region", err: "region.display_name", suggest: "ap-northeast-1"},
	{in: "EU (Ireland)", err: "region.display_name", suggest: "eu-west-1"},
	{in: "欧州（アイルランド）", err: "region.display_name", suggest: "eu-west-1"},
	{in: "米国東部(バージニア北部)", err: "region.display_name", suggest: "us-east-1"},
	{in: "N. Virginia", err: "region.display_name", suggest: "us-east-1"},
	{in: "US East (N. Virginia)", err: "region.display_name", suggest: "us-east-1"},
	{in: "AWS GovCloud (US-West)", err: "region.display_name", suggest: "us-gov-west-1"},
	{in: "中国 (北京)", err: "region.display_name", suggest: "cn-north-1"},
	{in: "大阪", err: "region.display_name", suggest: "ap-northeast-3"},
	{in: "apne1", err: "region.display_name", suggest: "ap-northeast-1"},
	{in: "USE1", err: "region.display_name", suggest: "us-east-1"},
	{in: "東京 (ap-northeast-1)", err: "region.unknown", suggest: "ap-northeast-1"},
	{in: "米国東部（バージニア北部）us-east-1", err: "region.unknown", suggest: "us-east-1"},
	{in: "ap-northeast1", err: "region.unknown", suggest: "ap-northeast-1"},
	{in: "ap-northeast-1,", err: "region.unknown", suggest: "ap-northeast-1"},
	{in: "s3.ap-northeast-1.amazonaws.com", err: "region.unknown", suggest: "ap-northeast-1"},
	{in: "AWS_DEFAULT_REGION=ap-northeast-1", err: "any.pasted_text", suggest: "ap-northeast-1"},
	{in: "リージョン：東京", err: "any.pasted_text", suggest: "ap-northeast-1"},
	{in: "Region: Asia Pacific (Tokyo)", err: "any.pasted_text", suggest: "ap-northeast-1"},
	{in: `{"LocationConstraint": "ap-northeast-1"}`, err: "any.pasted_text.json", suggest: "ap-northeast-1"},
	{in: `{"LocationConstraint": null}`, err: "any.pasted_text.json"},
	{in: "日本", err: "region.unknown"},
	{in: "asia-northeast1", err: "region.unknown"},
	{in: "Japan East", err: "region.unknown"},
	{in: "ap-northeast-1 us-east-1 ", err: "region.unknown", notices: []string{"space_removed"}},
}

var rolePastes = []row{
	{in: "https://us-east-1.console.aws.amazon.com/iamv2/home?region=us-east-1#/roles/details/MediaRole?section=permissions", with: owned, err: "role_arn.pasted_url", suggest: role},
	{in: "https://us-east-1.console.aws.amazon.com/iam/home#/roles/details/Media%2BRole", with: owned, err: "role_arn.pasted_url", suggest: "arn:aws:iam::210987654321:role/Media+Role"},
	{in: "https://us-east-1.console.aws.amazon.com/iam/home#/users/details/taro", with: owned, err: "role_arn.pasted_url"},
	{in: "https://acme.awsapps.com/start/#/console?account_id=210987654321&destination=https%3A%2F%2Fus-east-1.console.aws.amazon.com%2Fiam%2Fhome%23%2Froles%2Fdetails%2FMediaRole", err: "role_arn.pasted_url", suggest: role},
	{in: "arn:aws:iam::210987654321:instance-profile/cms/MediaRole", err: "role_arn.instance_profile", suggest: "arn:aws:iam::210987654321:role/cms/MediaRole"},
	{in: "arn:aws:iam::2109 8765 4321:role/MediaRole", err: "role_arn.charset", suggest: role},
	{in: "arn:aws:iam::２１０９８７６５４３２１:role/MediaRole", err: "role_arn.charset", suggest: role},
	{in: `arn:aws:iam::210987654321:role\MediaRole`, err: "role_arn.format", suggest: role},
	{in: "iam::210987654321:role/MediaRole", err: "role_arn.format", suggest: role},
	{in: "210987654321:role/MediaRole", err: "role_arn.format", suggest: role},
	{in: "arn:aws:iam:210987654321:role/MediaRole", err: "role_arn.format", suggest: role},
	{in: "arn:aws:iam:::210987654321:role/MediaRole", err: "role_arn.format", suggest: role},
	{in: "arn::aws:iam::210987654321:role/MediaRole", err: "role_arn.format", suggest: role},
	{in: "arn:aws:iam::210987654321:/role/MediaRole", err: "role_arn.format", suggest: role},
	{in: "arn:aws:iam::210987654321:mediarole", err: "role_arn.format.resource"},
	{in: "arn:aws:sts::210987654321:assumed-role/MediaRole", err: "role_arn.session", suggest: role},
	{in: "arn:aws-cn:sts::210987654321:assumed-role/MediaRole/taro", err: "role_arn.session", suggest: "arn:aws-cn:iam::210987654321:role/MediaRole"},
	{in: "AROAEXAMPLEEXAMPLE123", err: "role_arn.format.unique_id"},
	{in: role + ";", err: "role_arn.charset", suggest: role},
	{in: role + ",", want: role + ",", notices: []string{"ends_in_punctuation"}},
	{in: role + ".", want: role + ".", notices: []string{"ends_in_punctuation"}},
	{in: "<" + role + ">", err: "any.pasted_text", suggest: role},
	{in: "role_arn = " + role, err: "any.pasted_text", suggest: role},
	{in: "ロールARN：" + role, err: "any.pasted_text", suggest: role},
	{in: "IAM role ARN: " + role, err: "any.pasted_text", suggest: role},
	{in: getRole, err: "any.pasted_text.json", suggest: role, also: also{"trusted_principal": "arn:aws:iam::999988887777:role/cms"}},
	{in: trustPolicy, err: "any.pasted_text.json", also: also{"external_id": strong, "trusted_principal": "arn:aws:iam::999988887777:root"}},
	{in: "aws sts assume-role --role-arn " + role + " --role-session-name x --external-id " + strong, err: "any.pasted_text", suggest: role, also: also{"external_id": strong}},
}

var externalIDPastes = []row{
	{in: `"sts:ExternalId": "md-7k2q5n3vxwz4r6tb"`, err: "any.pasted_text", suggest: strong},
	{in: `"Condition": {"StringEquals": {"sts:ExternalId": ["md-7k2q5n3vxwz4r6tb"]}}`, err: "any.pasted_text", suggest: strong},
	{in: `{"StringEquals":{"sts:ExternalId":"md-7k2q5n3vxwz4r6tb"}}`, err: "any.pasted_text.json", suggest: strong},
	{in: trustPolicy, err: "any.pasted_text.json", suggest: strong, also: also{"trusted_principal": "arn:aws:iam::999988887777:root"}},
	{in: "ExternalId=" + strong, err: "any.pasted_text", suggest: strong},
	{in: "sts:ExternalId: " + strong, err: "any.pasted_text", suggest: strong},
	{in: "export ROLE_ARN=" + role, err: "any.pasted_text", also: also{"role_arn": role}},
	{in: "外部ID：" + strong, err: "any.pasted_text", suggest: strong},
	{in: "External ID: " + strong, err: "any.pasted_text", suggest: strong},
	{in: `{"sts:ExternalId": ["first-of-two-ids", "second-of-two-ids"]}`, err: "any.pasted_text.json", suggest: "first-of-two-ids"},
	{in: strong + ",", want: strong + ",", notices: []string{"ends_in_punctuation"}},
	{in: "${ExternalId}", err: "external_id.charset.placeholder"},
	{in: "<YOUR-EXTERNAL-ID>", err: "external_id.charset.placeholder"},
	{in: "********", err: "external_id.charset.masked"},
	{in: "••••••••", err: "external_id.charset.masked"},
	// The grammar allows both marks, and no label stands before them.
	{in: "tenant=alpha:7k2q5n3vxwz4r6tb", want: "tenant=alpha:7k2q5n3vxwz4r6tb"},
	{in: "region:7k2q5n3vxwz4r6tb", want: "region:7k2q5n3vxwz4r6tb"},
}

var principalPastes = []row{
	{in: `"AWS": "arn:aws:iam::999988887777:root"`, err: "any.pasted_text", suggest: "arn:aws:iam::999988887777:root"},
	{in: `{"AWS":"999988887777"}`, err: "any.pasted_text.json", suggest: "999988887777"},
	{in: "アカウントID: 9999-8888-7777", err: "any.pasted_text", suggest: "999988887777"},
	{in: "Account ID: 999988887777", err: "any.pasted_text", suggest: "999988887777"},
	{in: "arn:aws:iam::999988887777:root:", err: "trusted_principal.format", suggest: "arn:aws:iam::999988887777:root"},
	{in: "arn:aws:iam::999988887777", err: "trusted_principal.format", suggest: "999988887777"},
	{in: "999988887777:root", err: "trusted_principal.format", suggest: "999988887777"},
	{in: "https://999988887777.signin.aws.amazon.com/console", err: "trusted_principal.format", suggest: "999988887777"},
	{in: role, with: Settings{RoleARN: role}, want: role, notices: []string{"trusted_principal.self"}},
	{in: "9999‐8888‐7777", err: "trusted_principal.charset", suggest: "999988887777"},
	{in: "arn:aws:sts::999988887777:federated-user/x", err: "trusted_principal.format"},
	{in: `"AWS": "*"`, err: "any.pasted_text"},
	{in: trustPolicy, err: "any.pasted_text.json", suggest: "arn:aws:iam::999988887777:root", also: also{"external_id": strong}},
}

var prefixPastes = []row{
	{in: "/media/path/*", err: "prefix.wildcard", suggest: "media/path"},
	{in: "media/*.png", err: "prefix.wildcard"},
	{in: `\media\path\`, err: "prefix.charset.backslash", suggest: "media/path"},
	{in: "media￥path", err: "prefix.charset.backslash", suggest: "media/path"},
	{in: "media¥path", err: "prefix.charset.backslash", suggest: "media/path"},
	{in: `C:\media`, err: "prefix.charset.backslash"},
	{in: "%2Fmedia%2Fpath%2F", err: "prefix.encoded", suggest: "media/path"},
	{in: "my%20media", err: "prefix.encoded", suggest: "my-media"},
	{in: "media/%2e%2e/x", err: "prefix.encoded"},
	{in: "　media／", err: "prefix.charset", suggest: "media", notices: []string{"space_removed"}},
	{in: "media;", err: "prefix.charset", suggest: "media"},
	{in: "media/{id}", err: "prefix.charset"},
	{in: "media/logo.png", want: "media/logo.png", notices: []string{"prefix.file"}},
	{in: "media/v1.2", want: "media/v1.2"},
	{in: "m.acme.jp/media", want: "m.acme.jp/media", notices: []string{"prefix.host"}},
	{in: "none", want: "none", notices: []string{"prefix.word"}},
	{in: "Root/", want: "Root", notices: []string{"prefix.slashes_removed", "prefix.word"}},
	{in: "https://m.acme.jp/media/path/x.png?w=1", err: "prefix.pasted_url", suggest: "media/path", also: also{"domain": "https://m.acme.jp"}},
	{in: "https://m.acme.jp/media/", with: Settings{Domain: "https://m.acme.jp"}, err: "prefix.pasted_url", suggest: "media"},
	{in: "https://m.acme.jp/", err: "prefix.pasted_url", also: also{"domain": "https://m.acme.jp"}},
	{in: "https://ap-northeast-1.console.aws.amazon.com/s3/buckets/alpha?prefix=media/path/&showversions=false", err: "prefix.pasted_url", suggest: "media/path", also: also{"bucket": "alpha"}},
	{in: "alpha.s3.ap-northeast-1.amazonaws.com/media/", err: "prefix.pasted_url", suggest: "media", also: also{"bucket": "alpha"}},
	{in: "AWS_PREFIX=media/", err: "any.pasted_text", suggest: "media"},
	{in: "URLプレフィックス：media", err: "any.pasted_text", suggest: "media"},
	{in: rolePolicy, with: Settings{Bucket: "beta"}, err: "any.pasted_text.json", suggest: "media"},
	{in: `"s3:prefix": ["media/*"]`, err: "any.pasted_text", suggest: "media"},
}

var domainPastes = []row{
	{in: "https：／／my-media.acme.jp／", err: "domain.charset", suggest: "https://my-media.acme.jp"},
	{in: "写真。例え。テスト", err: "domain.charset", suggest: "https://xn--g7qs82g.xn--r8jz45g.xn--zckzah"},
	{in: "www．日本．jp", err: "domain.charset", suggest: "https://www.xn--wgv71a.jp"},
	{in: "日本語ドメイン.jp", want: "https://xn--eckwd4c7c5976acvb2w6i.jp", notices: []string{"domain.scheme_added", "domain.idn"}},
	{in: "https:// my-media.acme.jp", err: "domain.charset", suggest: "https://my-media.acme.jp"},
	{in: "https://https://my-media.acme.jp", err: "domain.scheme.typo", suggest: "https://my-media.acme.jp"},
	{in: "http://http://my-media.acme.jp/", err: "domain.scheme.typo", suggest: "https://my-media.acme.jp"},
	{in: "https://my-media.acme.jp./media", err: "domain.path", suggest: "https://my-media.acme.jp"},
	{in: "my-media.acme.jp:443/", err: "domain.path", suggest: "https://my-media.acme.jp"},
	{in: "mailto:taro@acme.jp", err: "domain.userinfo", suggest: "https://acme.jp"},
	{in: "my-media,acme.jp", err: "domain.charset", suggest: "https://my-media.acme.jp"},
	{in: "my-media.acme,jp", err: "domain.charset", suggest: "https://my-media.acme.jp"},
	{in: "my-media.acme.jp, www.acme.jp", err: "domain.charset"},
	{in: "a.jp,b.jp", err: "domain.charset"},
	{in: "alpha.s3.ap-northeast-1.api.aws", err: "domain.host.s3_default"},
	{in: "alpha.s3-website-ap-northeast-1.amazonaws.com", err: "domain.host.s3_default"},
	{in: "arn:aws:cloudfront::210987654321:distribution/E2EXAMPLE", err: "domain.host.arn", also: also{"distribution": "arn:aws:cloudfront::210987654321:distribution/E2EXAMPLE"}},
	{in: "E2EXAMPLEABCDE", err: "domain.host.arn", also: also{"distribution": "E2EXAMPLEABCDE"}},
	{in: "arn:aws:s3:::alpha", err: "domain.host.arn"},
	{in: "https://my-media.acme.jp", with: Settings{Bucket: "my-media.acme.jp"}, want: "https://my-media.acme.jp", notices: []string{"domain.is_bucket"}},
	{in: "https://my-media.acme.jp", with: Settings{Bucket: "my-media.acme.jp", Distribution: "E2EXAMPLE"}, want: "https://my-media.acme.jp"},
	{in: "CDN_URL=https://my-media.acme.jp/", err: "any.pasted_text", suggest: "https://my-media.acme.jp"},
	{in: "カスタムドメイン：my-media.acme.jp", err: "any.pasted_text", suggest: "https://my-media.acme.jp"},
	{in: "<https://my-media.acme.jp>", err: "any.pasted_text", suggest: "https://my-media.acme.jp"},
	{in: "xn--", err: "domain.host"},
	{in: "a.xn--a.jp", err: "domain.host"},
}

var distributionPastes = []row{
	{in: "E2EXAMPLE.", err: "distribution.format", suggest: "E2EXAMPLE"},
	{in: "https://console.aws.amazon.com/cloudfront/home#distribution-settings:E2EXAMPLE", err: "distribution.pasted_url", suggest: "E2EXAMPLE"},
	{in: "https://us-east-1.console.aws.amazon.com/cloudfront/v4/home#/distributions/E2EXAMPLE", err: "distribution.pasted_url", suggest: "E2EXAMPLE"},
	{in: `"AWS:SourceArn": "arn:aws:cloudfront::210987654321:distribution/E2EXAMPLE"`, err: "any.pasted_text", suggest: "arn:aws:cloudfront::210987654321:distribution/E2EXAMPLE"},
	{in: bucketPolicy, with: Settings{Bucket: "alpha", Prefix: "media"}, err: "any.pasted_text.json", suggest: "arn:aws:cloudfront::210987654321:distribution/E2EXAMPLE"},
	{in: "CLOUDFRONT_DISTRIBUTION_ID=E2EXAMPLE", err: "any.pasted_text", suggest: "E2EXAMPLE"},
	{in: "D111111abcdef8.CloudFront.net", with: Settings{Domain: "https://m.acme.jp"}, err: "distribution.domain_name"},
}

var serviceIDPastes = []row{
	{in: "SERVICE＃0f1e2d3c-4b5a-4678-9abc-def012345678", err: "service_id.charset", suggest: "SERVICE#0f1e2d3c-4b5a-4678-9abc-def012345678"},
	{in: "service_id=my-service", err: "any.pasted_text", suggest: "my-service"},
	{in: "https://alpha.microcms.io/", want: "https://alpha.microcms.io/", notices: []string{"service_id.unusual"}},
}

var integrationPastes = []row{
	{in: "micro CMS", err: "integration.unknown", suggest: "microcms"},
	{in: "alpha.microcms.io", err: "integration.unknown", suggest: "microcms"},
	{in: "ｍｉｃｒｏＣＭＳ", err: "integration.unknown", suggest: "microcms"},
}

var togglePastes = []row{
	{in: "オン", err: "fix_file_names.unknown", suggest: "true"},
	{in: "いいえ", err: "fix_file_names.unknown", suggest: "false"},
	{in: "有効", err: "fix_file_names.unknown", suggest: "true"},
	{in: "ＦＡＬＳＥ", err: "fix_file_names.unknown", suggest: "false"},
}
