package text

// keyJA: access keys in the operating system's keyring.
var keyJA = map[string]string{
	"cmd.bad_key_name":   "「{name}」はキーの名前に使えません。使えるのは英数字、ピリオド、ハイフン、アンダースコア（63文字以下）です。",
	"cmd.bad_key":        "アクセスキーではありません。AKIAで始まるIDとシークレットの2つが必要です。パイプからは2行で入力します。",
	"cmd.key_of_session": "ASIAで始まるIDは期限のあるセッションのものです。imgixにはIAMユーザーの長期のキーが必要です。",
	"cmd.key_ask_id":     "アクセスキーID：",
	"cmd.key_ask_secret": "シークレットアクセスキー（表示されません）：",
	"cmd.key_unread":     "シークレットを端末から読み取れませんでした：{detail}",
	"cmd.key_kept":       "OSのキーリングに保存しました。--access-key-profile {profile} で使えます",
	"cmd.key_is":         "{profile}：{id}",
	"cmd.key_removed":    "{profile} をキーリングから削除しました。キー自体は、IAMで削除するまで有効です。",
	"cmd.no_such_key":    "キーリングに {name} というキーがありません。mediadock key add {name} で保存してください",
	"cmd.keyring_locked": "OSのキーリングがロックされていて、ここからは解除できません（{detail}）。デスクトップにログインしてロックを解除してから、もう一度お試しください。サーバーでは、代わりに aws configure でAWSプロファイルに登録し、そのプロファイル名を指定してください。",
	"cmd.keyring_silent": "OSのキーリングから1分以内に応答がありませんでした。別のウィンドウでロックの解除やアクセスの許可を求められていないか確認し、応答してから、もう一度お試しください。サーバーなど、応答できない環境では、代わりに aws configure でAWSプロファイルに登録し、そのプロファイル名を指定してください。",
	"cmd.no_keyring":     "ここではOSのキーリングを使えません（{detail}）。代わりに aws configure でAWSプロファイルに登録し、そのプロファイル名を指定してください。",

	"help.key.short": "アクセスキーをOSのキーリングに保存します",
	"help.key.long":  "imgixなどのサービスに渡すアクセスキーを、AWSプロファイルの代わりにOSのキーリングに保存します。設定では keyring:名前 と指定します。mediadockのファイルにシークレットは保存されません。",
	"help.key.example": `mediadock key add imgix
mediadock setup --integration imgix --access-key-profile keyring:imgix`,
	"help.key.add.short":    "キーを保存します",
	"help.key.add.long":     "アクセスキーIDとシークレット（表示されません）を尋ね、NAME として保存します。パイプからは2行で入力します。同じ名前のキーは置き換えられます。",
	"help.key.add.example":  `mediadock key add imgix`,
	"help.key.show.short":   "キーのIDを表示します",
	"help.key.show.long":    "キーのアクセスキーIDを表示します。シークレットは表示しません。",
	"help.key.show.example": `mediadock key show imgix`,
	"help.key.rm.short":     "キーを削除します",
	"help.key.rm.long":      "キーリングからキーを削除します。AWSとサービスに登録されたキーはそのままです。",
	"help.key.rm.example":   `mediadock key rm imgix`,
}
