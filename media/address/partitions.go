package address

import "github.com/mediadock/mediadock/media/lazyregexp"

// partitions follows the table that the AWS SDK for Go carries in an internal
// package (internal/endpoints/awsrulesfn/partitions.json); a test compares the
// two where the SDK's source is at hand.
var partitions = []partition{
	{
		Partition: Partition{ID: "aws", DNSSuffix: "amazonaws.com", DualStackSuffix: "api.aws", Supported: true},
		pattern:   lazyregexp.New(`^(us|eu|ap|sa|ca|me|af|il|mx)-[a-z0-9]+-[0-9]+$`),
		regions: []Region{
			{"af-south-1", "Africa (Cape Town)", "アフリカ (ケープタウン)"},
			{"ap-east-1", "Asia Pacific (Hong Kong)", "アジアパシフィック (香港)"},
			{"ap-east-2", "Asia Pacific (Taipei)", "アジアパシフィック (台北)"},
			{"ap-northeast-1", "Asia Pacific (Tokyo)", "アジアパシフィック (東京)"},
			{"ap-northeast-2", "Asia Pacific (Seoul)", "アジアパシフィック (ソウル)"},
			{"ap-northeast-3", "Asia Pacific (Osaka)", "アジアパシフィック (大阪)"},
			{"ap-south-1", "Asia Pacific (Mumbai)", "アジアパシフィック (ムンバイ)"},
			{"ap-south-2", "Asia Pacific (Hyderabad)", "アジアパシフィック (ハイデラバード)"},
			{"ap-southeast-1", "Asia Pacific (Singapore)", "アジアパシフィック (シンガポール)"},
			{"ap-southeast-2", "Asia Pacific (Sydney)", "アジアパシフィック (シドニー)"},
			{"ap-southeast-3", "Asia Pacific (Jakarta)", "アジアパシフィック (ジャカルタ)"},
			{"ap-southeast-4", "Asia Pacific (Melbourne)", "アジアパシフィック (メルボルン)"},
			{"ap-southeast-5", "Asia Pacific (Malaysia)", "アジアパシフィック (マレーシア)"},
			{"ap-southeast-6", "Asia Pacific (New Zealand)", "アジアパシフィック (ニュージーランド)"},
			{"ap-southeast-7", "Asia Pacific (Thailand)", "アジアパシフィック (タイ)"},
			{"ca-central-1", "Canada (Central)", "カナダ (中部)"},
			{"ca-west-1", "Canada West (Calgary)", "カナダ西部 (カルガリー)"},
			{"eu-central-1", "Europe (Frankfurt)", "欧州 (フランクフルト)"},
			{"eu-central-2", "Europe (Zurich)", "欧州 (チューリッヒ)"},
			{"eu-north-1", "Europe (Stockholm)", "欧州 (ストックホルム)"},
			{"eu-south-1", "Europe (Milan)", "欧州 (ミラノ)"},
			{"eu-south-2", "Europe (Spain)", "欧州 (スペイン)"},
			{"eu-west-1", "Europe (Ireland)", "欧州 (アイルランド)"},
			{"eu-west-2", "Europe (London)", "欧州 (ロンドン)"},
			{"eu-west-3", "Europe (Paris)", "欧州 (パリ)"},
			{"il-central-1", "Israel (Tel Aviv)", "イスラエル (テルアビブ)"},
			{"me-central-1", "Middle East (UAE)", "中東 (アラブ首長国連邦)"},
			{"me-south-1", "Middle East (Bahrain)", "中東 (バーレーン)"},
			{"mx-central-1", "Mexico (Central)", "メキシコ (中部)"},
			{"sa-east-1", "South America (Sao Paulo)", "南米 (サンパウロ)"},
			{"us-east-1", "US East (N. Virginia)", "米国東部 (バージニア北部)"},
			{"us-east-2", "US East (Ohio)", "米国東部 (オハイオ)"},
			{"us-west-1", "US West (N. California)", "米国西部 (北カリフォルニア)"},
			{"us-west-2", "US West (Oregon)", "米国西部 (オレゴン)"},
		},
	},
	{
		Partition: Partition{ID: "aws-cn", DNSSuffix: "amazonaws.com.cn", DualStackSuffix: "api.amazonwebservices.com.cn", Supported: true},
		pattern:   lazyregexp.New(`^cn-[a-z0-9]+-[0-9]+$`),
		regions: []Region{
			{"cn-north-1", "China (Beijing)", "中国 (北京)"},
			{"cn-northwest-1", "China (Ningxia)", "中国 (寧夏)"},
		},
	},
	{
		Partition: Partition{ID: "aws-us-gov", DNSSuffix: "amazonaws.com", DualStackSuffix: "api.aws", Supported: true},
		pattern:   lazyregexp.New(`^us-gov-[a-z0-9]+-[0-9]+$`),
		regions: []Region{
			{"us-gov-east-1", "AWS GovCloud (US-East)", "AWS GovCloud (米国東部)"},
			{"us-gov-west-1", "AWS GovCloud (US-West)", "AWS GovCloud (米国西部)"},
		},
	},
	{
		Partition: Partition{ID: "aws-eusc", DNSSuffix: "amazonaws.eu", DualStackSuffix: "api.amazonwebservices.eu", Supported: true},
		pattern:   lazyregexp.New(`^eusc-de-[a-z0-9]+-[0-9]+$`),
		regions: []Region{
			{"eusc-de-east-1", "AWS European Sovereign Cloud (Germany)", "AWS European Sovereign Cloud (ドイツ)"},
		},
	},
	{
		Partition: Partition{ID: "aws-iso", DNSSuffix: "c2s.ic.gov", DualStackSuffix: "api.aws.ic.gov"},
		pattern:   lazyregexp.New(`^us-iso-[a-z0-9]+-[0-9]+$`),
	},
	{
		Partition: Partition{ID: "aws-iso-b", DNSSuffix: "sc2s.sgov.gov", DualStackSuffix: "api.aws.scloud"},
		pattern:   lazyregexp.New(`^us-isob-[a-z0-9]+-[0-9]+$`),
	},
	{
		Partition: Partition{ID: "aws-iso-e", DNSSuffix: "cloud.adc-e.uk", DualStackSuffix: "api.cloud-aws.adc-e.uk"},
		pattern:   lazyregexp.New(`^eu-isoe-[a-z0-9]+-[0-9]+$`),
	},
	{
		Partition: Partition{ID: "aws-iso-f", DNSSuffix: "csp.hci.ic.gov", DualStackSuffix: "api.aws.hci.ic.gov"},
		pattern:   lazyregexp.New(`^us-isof-[a-z0-9]+-[0-9]+$`),
	},
}

// otherNames are what people say beside the console's names.
var otherNames = map[string]string{
	"eu":                "eu-west-1", // LocationConstraint of old
	"トウキョウ":             "ap-northeast-1",
	"とうきょう":             "ap-northeast-1",
	"オオサカ":              "ap-northeast-3",
	"おおさか":              "ap-northeast-3",
	"osaka-local":       "ap-northeast-3",
	"us standard":       "us-east-1",
	"us":                "us-east-1",
	"virginia":          "us-east-1",
	"northern virginia": "us-east-1",
	"バージニア":             "us-east-1",
	"california":        "us-west-1",
	"カリフォルニア":           "us-west-1",
	"são paulo":         "sa-east-1",
	"zürich":            "eu-central-2",
	"チューリヒ":             "eu-central-2",
	"hongkong":          "ap-east-1",
	"uae":               "me-central-1",
	"dubai":             "me-central-1",
	"ドバイ":               "me-central-1",
	"dublin":            "eu-west-1",
	"ダブリン":              "eu-west-1",
	"montreal":          "ca-central-1",
	"モントリオール":           "ca-central-1",
	"auckland":          "ap-southeast-6",
	"オークランド":            "ap-southeast-6",
	"bangkok":           "ap-southeast-7",
	"バンコク":              "ap-southeast-7",
	"kuala lumpur":      "ap-southeast-5",
	"クアラルンプール":          "ap-southeast-5",
	"台湾":                "ap-east-2",
	"taiwan":            "ap-east-2",
	"韓国":                "ap-northeast-2",
	"korea":             "ap-northeast-2",
}
