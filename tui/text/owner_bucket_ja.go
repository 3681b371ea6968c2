package text

// ownerBucketJA: the owner's side: the bucket's settings and the distribution.
var ownerBucketJA = map[string]string{
	"check.owner.public-access":               "ブロックパブリックアクセス",
	"check.owner.object-ownership":            "オブジェクト所有者",
	"check.owner.encryption":                  "暗号化",
	"check.owner.versioning":                  "バージョニング",
	"check.owner.lifecycle":                   "ライフサイクルルール",
	"check.owner.cors":                        "CORS設定",
	"check.owner.distribution":                "CloudFrontディストリビューション",
	"result.owner.public-access.unknown":      "不明：{needs}の権限が必要です",
	"result.owner.public-access.not-asked":    "未確認：バケット所有者の認証情報が必要です（--owner）",
	"result.owner.object-ownership.unknown":   "不明：{needs}の権限が必要です",
	"result.owner.object-ownership.not-asked": "未確認：バケット所有者の認証情報が必要です（--owner）",
	"result.owner.encryption.unknown":         "不明：{needs}の権限が必要です",
	"result.owner.encryption.not-asked":       "未確認：バケット所有者の認証情報が必要です（--owner）",
	"result.owner.versioning.unknown":         "不明：{needs}の権限が必要です",
	"result.owner.versioning.not-asked":       "未確認：バケット所有者の認証情報が必要です（--owner）",
	"result.owner.lifecycle.unknown":          "不明：{needs}の権限が必要です",
	"result.owner.lifecycle.not-asked":        "未確認：バケット所有者の認証情報が必要です（--owner）",
	"result.owner.cors.unknown":               "不明：{needs}の権限が必要です",
	"result.owner.cors.not-asked":             "未確認：バケット所有者の認証情報が必要です（--owner）",
	"result.owner.distribution.unknown":       "不明：{needs}の権限が必要です",
	"result.owner.distribution.not-asked":     "未確認：バケット所有者の認証情報が必要です（--owner）",
}
