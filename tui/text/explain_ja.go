package text

// explainJA: errors that people paste.
var explainJA = map[string]string{
	"undecided.sts":  "AWS STSはこれらをすべて同じ文面で拒否するため、応答からは区別できません。",
	"undecided.s3":   "S3は理由を示していません。S3が拒否の理由を示すのは、バケットと同じアカウントの呼び出し元に対してだけです。",
	"undecided.kms":  "AWS KMSは、キーが存在しない場合、別のリージョンにある場合、拒否した場合に、同じ文面を返します。",
	"undecided.head": "HEADリクエストの応答には本文がないため、リージョンの誤りとセッションの期限切れを区別できません。",

	"compare.refused": "拒否",
	"compare.granted": "許可",
}
