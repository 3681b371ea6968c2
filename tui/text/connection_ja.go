package text

// connectionJA: 保存済みの接続を変更するコマンドの文。
var connectionJA = map[string]string{
	"cmd.environment_settings": "{environment} は {name} の環境です。ここでは接続だけを指定できます。接続名 {name} を指定してください。",
	"cmd.two_external_ids":     "--external-id と --generate-external-id はどちらか一方を指定してください。",
	"cmd.lock_hidden":          "そこにはメディアがあり、設定を固定している可能性のある保存済みの接続を読み取れないため、何も変更していません。ファイルを修正するか、mediadock connection forget NAME でこのコンピューターから削除してください。{detail}",

	"cmd.edit_generate": "外部IDの生成と変更は mediadock connection rotate NAME --generate-external-id で行います。ロールが新しい外部IDを信頼するまで、現在の外部IDが有効です。",
	"cmd.edit_nothing":  "変更する設定がありません。--notes TEXT のようにフラグで指定するか、ターミナルで mediadock connection edit {name} を実行するとウィザードが開きます。",
	"cmd.edit_same":     "{name} はすでにこの設定です。何も変更していません。",
	"cmd.edit_failed":   "テストに合格しなかったため保存していません。{name} は元のままです。",
	"cmd.edit_saved":    "保存しました。{name} に新しい設定が適用されました。",
	"cmd.rotate_only":   "{name} のもとにメディアが {count} 件あるため、{fields} はローテーションでのみ変更できます。mediadock connection rotate {name} は新しい値を先にテストします。",
	"cmd.rotate_unknown": "{name} にメディアがあるか確認できないため、何も変更していません。AWS側でロールや外部IDを変更した場合は、" +
		"mediadock connection rotate {name} で新しい値をテストして保存できます。{detail}",

	"cmd.delete_locked":  "{name} のもとにメディアが {count} 件あるため、削除できません。このコンピューターの設定だけを削除するには：mediadock connection forget {name}",
	"cmd.delete_unknown": "{name} にメディアがあるか確認できないため、何も削除していません。このコンピューターの設定だけを削除するには：mediadock connection forget {name}\n{detail}",
	"cmd.ask.delete":     "設定を削除するには接続名 {name} を入力してください：",
	"cmd.deleted":        "接続 {name} を削除しました。",
	"cmd.delete_dry_run": "ドライラン：メディアがないため {name} は削除できます。何も削除していません。",
	"cmd.also_saved_as":  "同じ場所が {names} としても保存されています。",
	"cmd.remains":        "AWS側のリソースはすべてそのままです。ほかで使われていないものは、AWSの管理者が次の方法で削除できます：",

	"cmd.remains.distribution":  "CloudFrontディストリビューション {resource}：先に無効にし、1つ目のコマンドで得られるETagを指定して削除します。",
	"cmd.remains.bucket-policy": "バケット {resource} のバケットポリシー：内容を確認し、メディア用のステートメントを取り除きます。",
	"cmd.remains.bucket":        "バケット {resource}：古いバージョンも含めて空にすると削除できます。",
	"cmd.remains.role":          "IAMロール {resource}：ポリシーをデタッチ・削除してから、ロールを削除します。",

	"cmd.rotate_nothing":    "ローテーションする値がありません。--role-arn、--external-id、--generate-external-id のいずれかを指定してください。",
	"cmd.rotate_id":         "新しい外部ID：{id}\n下書き {name} に保存しました。テストに合格するまで、{name} は以前の外部IDを使い続けます。",
	"cmd.rotate_trust":      "切り替え期間中の {role} の信頼ポリシー：",
	"cmd.rotate_saved":      "ローテーションしました。{name} は新しいロールと外部IDを使います。",
	"cmd.rotate_failed":     "保存していません。{name} のロールと外部IDは元のままです。",
	"cmd.rotate_put":        "上の信頼ポリシーを {role} に設定してください（IAM ＞ ロール ＞ 信頼関係）。",
	"cmd.rotate_again":      "その後、もう一度実行してください：{command}",
	"cmd.rotate_unproved":   "あなたはロールを引き受けて操作しないため、新しい値で動作するか確認できませんでした（{rows}）。mediadock connection rotate に --owner-profile PROFILE でロールの管理者のAWSプロファイルを指定し、owner.* の行を確認してください。",
	"cmd.rotate_cms":        "CMS側にも同じ設定がある場合は、古い値を削除する前に、CMSにも新しい値を入力してください。",
	"cmd.rotate_others":     "古い値を使い続けている接続や環境があり、古い値を削除すると使えなくなります。先にそれぞれ同じ新しい値に切り替えてください（ID は新しい外部ID）：",
	"cmd.rotate_clean_id":   "その後、{role} の信頼ポリシーから古い外部IDを取り除いてください。最終的なポリシーは mediadock policy trust {name} で表示できます。",
	"cmd.rotate_clean_role": "その後、以前のロール {old} がほかで使われていなければ削除してください。",

	"cmd.exported":             "{file} に書き出しました：{names}",
	"cmd.export_no_id":         "外部IDは書き出していません。インポートする人が --external-id で指定します。--show-external-id を付けると外部IDも書き出します。",
	"cmd.export_all_and_names": "接続名と --all はどちらか一方を指定してください。",
	"cmd.export_exists":        "{file} はすでに存在し、接続のファイルではないため、置き換えていません。別の名前を指定するか、ファイルを削除してください。",
	"cmd.import_rename":        "{file} には複数の接続があるため、-c で名前を変更できません。",
	"cmd.importing":            "{name}：",
	"cmd.import_failed":        "テストに合格しなかったため保存していません。{name} の内容は残していません。",
	"cmd.draft_taken":          "{name} は完了していない設定の下書きです。上書きすると失われます。mediadock setup -c {name} で完了するか、-c で別の名前を指定してください。",
}
