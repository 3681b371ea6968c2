package text

// ownerJA: the owner's side: role, trust, permissions, bucket type and bucket policy.
var ownerJA = map[string]string{
	"check.owner.role":                     "ロール",
	"check.owner.trust":                    "信頼ポリシー",
	"check.owner.permissions":              "ロールのアクセス許可",
	"check.owner.bucket-type":              "バケット",
	"check.owner.bucket-policy":            "バケットポリシー",
	"result.owner.role.unknown":            "不明：{needs}の権限が必要です",
	"result.owner.role.not-asked":          "未確認：バケット所有者の認証情報が必要です（--owner）",
	"result.owner.trust.unknown":           "不明：{needs}の権限が必要です",
	"result.owner.trust.not-asked":         "未確認：バケット所有者の認証情報が必要です（--owner）",
	"result.owner.permissions.unknown":     "不明：{needs}の権限が必要です",
	"result.owner.permissions.not-asked":   "未確認：バケット所有者の認証情報が必要です（--owner）",
	"result.owner.bucket-type.unknown":     "不明：{needs}の権限が必要です",
	"result.owner.bucket-type.not-asked":   "未確認：バケット所有者の認証情報が必要です（--owner）",
	"result.owner.bucket-policy.unknown":   "不明：{needs}の権限が必要です",
	"result.owner.bucket-policy.not-asked": "未確認：バケット所有者の認証情報が必要です（--owner）",
}
