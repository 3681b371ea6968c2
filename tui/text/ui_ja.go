package text

// uiJA returns the words of the terminal UI in Japanese.
func uiJA() *UI {
	u := &UI{
		Keys: KeyWords{
			Drop: "破棄",
			Move: "移動", Quit: "終了", Suspend: "一時停止", Help: "ヘルプ", Back: "戻る", Redraw: "再描画", Language: "English",
			View: "表示", Beside: "プレビューの表示", Mouse: "マウスのオン・オフ", Focus: "ツリーへ", Folders: "フォルダーツリー", Unfold: "展開", Fold: "折りたたむ", TakeBack: "取り消す", PurgeToo: "CDNも", SaveList: "一覧を保存", Hunt: "全体を検索", Describe: "代替テキスト、タグ",
			Up: "上へ", Down: "下へ", PageUp: "前のページ", PageDown: "次のページ", Top: "先頭", Bottom: "末尾", Open: "開く",
			New: "新規", Edit: "編集", Test: "接続テスト", Policies: "ポリシー", Forget: "登録を削除", Browse: "メディア", Front: "imgixを前に置く", Switch: "環境を切り替え",
			NextField: "次の項目", PrevField: "前の項目", Continue: "次へ", AcceptSuggestion: "候補を使う",
			Generate: "再生成", Panel: "ポリシー", Save: "保存", Tick: "許可/解除", RemoveRow: "行を削除",
			Again: "再テスト", Report: "レポート保存", Proceed: "次へ進む", CopyCommand: "AWS CLIコマンドをコピー", CopyLink: "コンソールのリンクをコピー",
			Owner: "所有者側も確認", Wait: "待って再試行", Plain: "文字だけで表示",
			Copy: "コピー", Write: "ファイルに保存", NextDoc: "次へ", PrevDoc: "前へ", Scroll: "スクロール",
			Select: "選択", SelectAll: "すべて選択", Upload: "アップロード", Rename: "名前の変更", Replace: "再アップロード",
			Delete: "削除", Parent: "上のフォルダー", URL: "URLをコピー", Details: "詳細", Find: "検索", Refresh: "更新",
			Sort: "並べ替え", Stop: "中止",
			Transfers: "転送", StopFile: "キャンセル", StopAll: "すべてキャンセル", RetryFile: "再試行", RetryAll: "失敗分を再試行", Pause: "一時停止", Problems: "問題だけ表示", Discard: "破棄",
			Yes: "はい", No: "いいえ", Confirm: "確定", Complete: "補完", Choose: "決定", Pick: "選択", Cancel: "キャンセル", Suffix: "文字列を加える", SuffixAll: "すべてに加える", Strip: "情報を除く", StripAll: "すべて除く", StripAlways: "常に除く", FixNames: "名前を直す",
			Profiles: "AWSプロファイル", SignIn: "サインイン",
		},
		Frame: FrameWords{
			Keep:          "残す",
			AskingCaller:  "AWSに実行者を確認中",
			NoCaller:      "AWSの認証情報なし",
			TooSmall:      "mediadockの表示には {w} x {h} 文字が必要です。現在は {gotw} x {goth} です。",
			HelpTitle:     "この画面で使えるキー",
			HelpClose:     "esc  閉じる",
			LanguageLater: "言語の切り替え（F9）は、この画面に回答するか閉じてから使えます。",
			QuitTitle:     "mediadockを終了しますか？",
			QuitLoses:     "{what}がまだ実行中です。中止し、後始末をしてから終了します。",
			QuitUnsaved:   "{what}。終了すると失われます。", QuitDrop: "保存せずに終了", Back: "終了せずに戻る",
			Stop: "中止して終了", StopOnly: "中止だけする",
			Stay:          "このまま続ける",
			Close:         "閉じる",
			SentClipboard: "{what}を端末のクリップボードに送りました",
			Written:       "{path} に保存しました",
			CleanedUp:     "以前の実行で残ったテスト用ファイル {n} 件を削除しました",
			NotCleanedUp:  "以前の実行のテスト用ファイルを削除できませんでした。バケットに残っている可能性があります。",
			Working:       "処理中",
			PastedTooMuch: "貼り付けた内容（{size}）が長すぎるため、入力していません。",
			Cancelling:    "中止して後始末をしています",
		},
		Dialog: DialogWords{
			More: "-- 続きがあります --", Other: "ほかの選択肢",
			TypedWrong: "{want} と一致しません。何も実行していません。",
		},
		Trouble: TroubleWords{
			Title: "実行できませんでした", Fix: "対処：", Raw: "AWSまたはシステムのメッセージ",
			NextName:  "別の名前を指定して、もう一度実行してください。",
			NextFile:  "このコンピューターのパスを確認して、ファイルを指定し直してください。",
			NextLook:  "ctrl+r で一覧を更新し、現在の状態を確認してください。",
			NextURL:   "ブラウザーでURLを開き、サインインなしでファイルそのものが表示されるか確認してください。",
			NextAgain: "もう一度実行してください。再び失敗する場合は、接続テストで原因を調べられます。",
			Certain:   "確実", Likely: "可能性が高い", Possible: "可能性あり", RuledOut: "該当しない",
		},
		Home: HomeWords{
			Title: "mediadock", Connections: "接続", Drafts: "下書き", WhatNext: "次にすること",
			Empty:    "まだ接続がありません。バケットの接続は短い6ステップで、AWS側には何も変更を加えません。",
			EmptyKey: "nキーでバケットを接続します",
			Ready:    "準備完了", Warnings: "要確認 {n} 件", Failed: "失敗", Untested: "未テスト", NotRun: "未実行", Broken: "読み込み不可",
			Media: "{n} 件", MediaAtLeast: "{n} 件以上", MediaUnknown: "-",
			JustNow: "たった今", Minutes: "{n} 分前", Hours: "{n} 時間前", Days: "{n} 日前", Never: "-",
			StepOf: "{step}", SavedAt: "{when}に保存",
			NextReady:    "{name} は接続とテストが完了しています。enterキーでメディアを表示します。",
			NextUntested: "{name} はまだテストされていません。tキーで接続テストを実行します。",
			NextProblem:  "{name}：{problem}。tキーで内容と直し方を表示します。",
			NextUnproved: "{name}：失敗はありませんが、確認できなかった項目があります。tキーで内容を表示します。",
			NextDraft:    "{name} は設定の途中です。enterキーで続きから再開します。",
			NextBroken:   "{name} の設定を読み込めません：{reason}",
			Production:   "本番", Environment: "環境",
			ForgetToo:   "環境 {n} 個の設定も削除します。",
			ForgetTitle: "{name} の登録を削除しますか？", ForgetBody: "このコンピューターに保存した設定だけを削除します。バケット、ロール、メディアはそのまま残ります。", ForgetYes: "登録を削除",
			DropTitle: "下書き {name} を破棄しますか？", DropBody: "入力済みの内容を削除します。AWS側は何も変わりません。", DropYes: "破棄する",
			Forgotten: "{name} の登録を削除しました", Dropped: "下書き {name} を破棄しました",
			NoSuch: "{name} という接続はありません。",
		},
	}
	setupJA(u)
	checklistJA(u)
	markersJA(u)
	whoJA(u)
	checkJA(u)
	browseJA(u)
	graceJA(u)
	previewJA(u)
	altJA(u)
	auditJAUI(u)
	environmentsJAUI(u)
	transfersJA(u)
	plainJA(u)
	linesJA(u)
	return u
}
