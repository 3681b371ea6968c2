package text

// connectionJA: 保存済みの接続を変更するコマンドの文。
var connectionJA = map[string]string{
	"cmd.environment_settings": "{environment} は {name} の環境で、独自の設定はありません。接続名 {name} を指定してください。",
	"cmd.two_external_ids":     "--external-id と --generate-external-id はどちらか一方を指定してください。",
	"cmd.lock_hidden":          "そこにはメディアがあり、設定を固定している可能性のある保存済みの接続を読み取れないため、何も変更していません。ファイルを修正するか、mediadock connection forget NAME でこのコンピューターから削除してください。{detail}",

	"cmd.edit_generate": "外部IDの生成と変更は mediadock connection rotate NAME --generate-external-id で行います。ロールが新しい外部IDを信頼するまで、現在の外部IDが有効です。",
	"cmd.edit_nothing":  "変更する設定がありません。--notes TEXT のようにフラグで指定するか、ターミナルで mediadock connection edit {name} を実行するとウィザードが開きます。",
	"cmd.edit_same":     "{name} は既にこの設定です。何も変更していません。",
	"cmd.edit_failed":   "テストに合格しなかったため保存していません。{name} は元のままです。",
	"cmd.edit_saved":    "保存しました。{name} に新しい設定が適用されました。",
	"cmd.rotate_only":   "{name} のもとにメディアが {count} 件あるため、{fields} はローテーションでのみ変更できます。mediadock connection rotate {name} は新しい値を先にテストします。",
	"cmd.rotate_unknown": "{name} にメディアがあるか確認できないため、何も変更していません。AWS側でロールや外部IDを変更した場合は、" +
		"mediadock connection rotate {name} で新しい値をテストして保存できます。{detail}",

	"cmd.delete_locked":  "{name} のもとにメディアが {count} 件あるため、削除できません。このコンピューターの設定だけを削除するには: mediadock connection forget {name}",
	"cmd.delete_unknown": "{name} にメディアがあるか確認できないため、何も削除していません。このコンピューターの設定だけを削除するには: mediadock connection forget {name}\n{detail}",
	"cmd.ask.delete":     "設定を削除するには接続名 {name} を入力してください: ",
	"cmd.deleted":        "接続 {name} を削除しました。",
	"cmd.delete_dry_run": "ドライラン: メディアがないため {name} は削除できます。何も削除していません。",
	"cmd.also_saved_as":  "同じ場所が {names} としても保存されています。",
	"cmd.remains":        "AWS側のリソースはすべてそのままです。ほかで使われていないものは、AWSの管理者が次の方法で削除できます:",

	"cmd.remains.distribution":  "CloudFrontディストリビューション {resource}: 先に無効にし、1つ目のコマンドで得られるETagを指定して削除します。",
	"cmd.remains.bucket-policy": "バケット {resource} のバケットポリシー: 内容を確認し、メディア用のステートメントを取り除きます。",
	"cmd.remains.bucket":        "バケット {resource}: 古いバージョンも含めて空にすると削除できます。",
	"cmd.remains.role":          "IAMロール {resource}: ポリシーをデタッチ・削除してから、ロールを削除します。",
}
