package text

// helpFlagsJA: フラグの説明。設定のフラグは各項目の説明を使う。
var helpFlagsJA = map[string]string{
	"help.flag.connection":  "保存済みの接続 `NAME`（または NAME/ENVIRONMENT）を使います",
	"help.flag.aws-profile": "AWSの設定にある `PROFILE` の認証情報で実行します",
	"help.flag.lang":        "言語 `en|ja`（省略時はロケールに従います）",
	"help.flag.accessible":  "ターミナルUIの代わりに行単位で表示します。パイプからも回答を読み取ります",
	"help.flag.no-input":    "質問しません。すべてフラグと環境変数から読み取ります",
	"help.flag.json":        "機械可読な形式（JSON）で標準出力に出力します",
	"help.flag.no-color":    "色を使いません",
	"help.flag.home":        "config/、data/、state/ を `DIR` に置きます",
	"help.flag.debug":       "すべてのリクエストのログをstateディレクトリに書き出します（秘密情報は含みません）",
	"help.flag.help":        "コマンドの説明を表示します",
	"help.flag.version":     "バージョンを表示します",

	"help.flag.dry-run":              "テストして結果を表示し、保存しません",
	"help.flag.yes":                  "確認を求めずに実行します",
	"help.flag.wait":                 "AssumeRoleや配信が拒否されたとき、`TIME`（60s など）まで再試行します",
	"help.flag.owner":                "所有者側（ロール、ポリシー、バケット）も読み取ります",
	"help.flag.owner-profile":        "所有者のAWSプロファイル `PROFILE`。--owner も有効になります",
	"help.flag.accept":               "カスタムエンドポイントで、失敗した `CHECK` を許容します：role.requires-external-id",
	"help.flag.generate-external-id": "外部IDを生成し、下書きに保存します",
	"help.flag.output":               "標準出力の代わりに `FILE` に書き出します",
	"help.flag.scenario":             "内蔵の `ACCOUNT`（省略時は microcms）。--scenario list で一覧を表示します",

	"help.setup.flag.from": "YAMLまたはJSONの `FILE` から設定を読み取ります。- は標準入力です",

	"help.check.flag.only":         "指定した `CHECK,...` と、それに必要なチェックだけを実行します",
	"help.check.flag.output":       "レポートを `FILE` に書き出します（.md はMarkdown、.json はJSON）",
	"help.check.flag.with":         "相手側のレポート `FILE` とまとめます",
	"help.check.flag.baseline":     "レポート `FILE` からの変化を表示します",
	"help.check.flag.scope-writes": "ほかに確認の方法がない場合、scope.prefix がプレフィックスの外に実際にアップロードすることを許可します。アップロードしたものは削除します",
	"help.check.flag.watch":        "失敗したものを、合格するまで繰り返しテストします",

	"help.flag.tight":         "許可を絞り込みます：プレフィックス内のみの一覧取得、マルチパートアップロードの中止の許可",
	"help.flag.also-trust":    "この相手にもロールの引き受けを許可します。12桁のアカウントIDまたはARN（`PRINCIPAL`）",
	"help.flag.kms-key":       "バケットの暗号化に使うKMSキーの `ARN`",
	"help.policy.flag.format": "`FORMAT`：json、terraform、cloudformation、aws-cli のいずれか",

	"help.media.flag.dry-run":                "実行した場合の結果を表示し、何も変更しません",
	"help.media.flag.parallel":               "同時に送るリクエストの数 `N`（省略時は 32、大きなファイルは 8）",
	"help.media.flag.limit-rate":             "1秒あたりの上限 `BYTES`（500k、10M など）",
	"help.media.flag.recursive":              "フォルダーを中身ごと対象にします",
	"help.media.ls.flag.recursive":           "PATH 以下のすべてを表示します",
	"help.media.get.flag.to":                 "ダウンロード先の `DIR`",
	"help.media.get.flag.if-exists":          "同じ名前のファイルが手元にある場合の動作 `WHAT`：ask、fail、skip、replace、keep-both",
	"help.media.put.flag.to":                 "アップロード先の `FOLDER`",
	"help.media.put.flag.if-exists":          "同じ名前のメディアがある場合の動作 `WHAT`：ask、fail、skip、replace、keep-both",
	"help.media.replace.flag.strip-metadata": "撮影場所、カメラ、作成者、日時、サムネイルなどのメタデータを取り除きます",
	"help.media.put.flag.strip-metadata":     "撮影場所、カメラ、作成者、日時、サムネイルなどのメタデータを取り除きます",
	"help.media.put.flag.fix-names":          "URLや他のシステムで問題になるファイル名を直します",
	"help.media.put.flag.random-suffix":      "各ファイル名に推測されにくい文字列を付け加えます",
	"help.media.mv.flag.redirects":           "新旧のURLをCSVで `FILE` に書き出します",
	"help.media.url.flag.presign":            "`TIME`（15m など）の間有効な署名付きURLを表示します。公開していないファイルにも使えます",

	"help.connection.delete.flag.dry-run":            "削除できるかどうかを表示し、削除しません",
	"help.connection.edit.flag.generate-external-id": "mediadock connection rotate を使ってください",
	"help.connection.export.flag.all":                "保存済みのすべての接続を書き出します",
	"help.connection.export.flag.show-external-id":   "外部IDも書き出します",
	"help.connection.export.flag.output":             "`FILE` に書き出します。- は標準出力です",

	"help.sandbox.flag.account":  "`FILE` に書かれたアカウントを使います",
	"help.sandbox.flag.listen":   "待ち受けるループバックの `ADDRESS`。ポート 0 は空いているポートです",
	"help.sandbox.flag.env-file": "準備ができたら、環境変数を `FILE` に書き出します",

	"help.completion.flag.no-descriptions": "説明を付けずに補完します",
}
