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

	"caller.found.environment":  "環境変数のキー",
	"caller.found.profile":      "AWSプロファイル {profile}",
	"caller.found.sso":          "AWSプロファイル {profile}（IAM Identity Center）",
	"caller.found.login":        "AWSプロファイル {profile}（aws login）",
	"caller.found.process":      "AWSプロファイル {profile}（credential_process）",
	"caller.found.role":         "AWSプロファイル {profile} のロール",
	"caller.found.web-identity": "ウェブIDトークン",
	"caller.found.container":    "コンテナのロール",
	"caller.found.instance":     "EC2インスタンスのロール",
	"caller.found.given":        "プログラムに渡された認証情報",
	"caller.found.unknown":      "AWSの設定ファイル",
	"caller.no-profile":         "AWSプロファイル {profile} はありません。このコンピューターにあるもの：{names}",
	"caller.no-profiles":        "AWSプロファイル {profile} はありません。このコンピューターにはプロファイルがありません（~/.aws/config、~/.aws/credentials）。",
	"caller.mfa-needed":         "MFAデバイスのコードが入力されていないため、何も実行していません。",
	"caller.mfa-refused":        "MFAのコードがAWSに受け付けられなかったため、何も実行していません。",
	"caller.process":            "AWSプロファイルの認証情報を取得するプログラムが失敗したため、何も実行していません。",
	"caller.role-refused":       "AWSプロファイルのロールを取得できないため、何も実行していません。",
	"caller.signin-open":        "ブラウザーで次のページを開き、アクセスを許可してください。\n  {url}",
	"caller.signin-other":       "別の端末では {short} を開き、{code} を入力してください。{until} まで待ちます（Ctrl-Cで中止）。",
	"caller.signin-done":        "サインインしました：アカウント {account} の {name}。--aws-profile {profile} で使えます。",
	"caller.signin-no-profile":  "サインインに使うAWSプロファイル {profile} がありません。AWS管理者に値を確認し、~/.aws/config に次のように書いてください。\n\n[profile {profile}]\nsso_start_url = https://YOUR-COMPANY.awsapps.com/start\nsso_region = us-east-1\nsso_account_id = 123456789012\nsso_role_name = ROLE\nregion = ap-northeast-1\n\nその後、mediadock signin {profile} を実行してください。",
	"caller.signin-not-sso":     "AWSプロファイル {profile} はIAM Identity Centerへのサインインを使いません（sso_session も sso_start_url もありません）。",
	"caller.signin-refused":     "ブラウザーでサインインが拒否されました。サインインしていません。",
	"caller.signin-expired":     "時間内にブラウザーで許可されませんでした。もう一度実行すると、新しいコードが表示されます。",
	"caller.signin-unknown":     "{region} のIAM Identity Centerには {url} がありません。AWSプロファイル {profile} の sso_start_url と sso_region を、AWS管理者に確認してください。",
	"caller.signin-no-region":   "リージョン {region} にIAM Identity Centerはありません。AWSプロファイル {profile} の sso_region を修正してください。",
	"caller.signin-unsaved":     "許可されましたが、サインイン情報を ~/.aws/sso/cache に保存できません：{detail}",
	"caller.signin-failed":      "IAM Identity Centerへのサインインを開始できません：{detail}",

	"help.signin.short": "ブラウザーでAWS（IAM Identity Center）にサインインします",
	"help.signin.long": `~/.aws/config のAWSプロファイル（省略時は使用中のもの）で、IAM Identity Centerにサインインします。AWS CLIは不要です。

表示されたアドレスを、このコンピューターまたは別の端末のブラウザーで開き、アクセスを許可してください。サインイン情報はAWS CLIやAWS SDKと同じ場所に保存され、それらでも使えます。実行中のmediadockもそのまま続けられます。
終了コード：0 サインイン完了、1 拒否または時間切れ、3 実行不可。`,
	"help.signin.example": `mediadock signin prod
mediadock check --aws-profile prod`,
}
