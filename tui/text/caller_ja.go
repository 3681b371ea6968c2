package text

// callerJA: who the program runs as, and how it became that.
var callerJA = map[string]string{
	"caller.profile.source-missing":      "source_profile に書かれた {source} がありません。",
	"caller.profile.source-empty":        "source_profile の {source} に認証情報がありません。",
	"caller.profile.cycle":               "source_profile をたどると {source} に戻ってしまいます。",
	"caller.profile.role-missing":        "認証情報の取得元はありますが、引き受けるロールの role_arn がありません。",
	"caller.profile.role-without-source": "role_arn はありますが、ロールを引き受ける source_profile がありません。",
	"caller.profile.keys-half":           "アクセスキーIDとシークレットアクセスキーの片方しかありません。",
	"caller.profile.session-missing":     "[sso-session {session}] のセクションがありません。",
	"caller.profile.sso-incomplete":      "IAM Identity Centerの設定に {keys} がありません。",

	"caller.profile-broken": "AWSプロファイル {profile} を使えません。{what}（~/.aws/config、~/.aws/credentials）",
	"caller.token-ask":      "MFAデバイス {device} のコード（AWSプロファイル {profile}）：",
	"caller.token-refused":  "コードがAWSに受け付けられませんでした。コードは一度しか使えないため、次のコードを待って入力してください。",
}
