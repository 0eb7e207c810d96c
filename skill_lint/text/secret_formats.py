"""The formats that the wide search takes for secrets, as their issuers document them.

Each is a regular expression that begins with at least one fixed character and repeats a bounded
number of times, so that a search takes linear time. The names have an article: `a GitLab token`.
"""

_HEX32 = "[0-9a-fA-F]{32}"
_UUID = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
_END = "(?![A-Za-z0-9])"

BEGINNINGS = {
    # Clouds
    "an AWS key": r"(?:A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA|AGPA|AIDA|AIPA|ANPA|ANVA|AROA|APKA|ASCA)"
    rf"[A-Z0-9]{{16}}{_END}|ABSK[A-Za-z0-9+/]{{40,300}}|bedrock-api-key-[A-Za-z0-9+/=]{{20,300}}"
    rf"|amzn\.mws\.{_UUID}",
    "an Azure key": r"[\w~.]{3}\dQ~[\w~.-]{31,34}"
    r"|(?i:(?:Account|SharedAccess)(?:Key|Signature) ?[=:] ?)[A-Za-z0-9+/%]{20,200}"
    r"|(?i:sig=)[A-Za-z0-9%+/_-]{30,200}|[A-Za-z0-9+/]{86}==",
    "a Google key": r"AIza[\w-]{30,45}|ya29\.[\w-]{20,400}|1//0[\w-]{20,200}|GOCSPX-[\w-]{20,60}"
    r"|GOOG[A-Z0-9]{12,70}|AQ\.Ab[\w-]{20,120}|APA91b[\w-]{30,200}|AAAA[\w-]{7}:[\w-]{30,200}",
    "an Alibaba, Tencent, Baidu or Yandex key": r"LTAI[A-Za-z0-9]{12,30}|AKID[A-Za-z0-9]{13,60}"
    r"|bce-v3/ALTAK-[\w/-]{20,100}|y[0-3]_[\w-]{30,120}|AQVN[\w-]{30,60}|t1\.[\w-]{20,300}",
    "a DigitalOcean token": r"do[opr]_v1_[0-9a-f]{32,64}",
    "a Heroku key": r"HRKU-[\w-]{30,70}",
    "a Fly.io token": r"fo1_[\w-]{30,60}|fm[12][ar]?_[A-Za-z0-9+/=]{40,400}",
    "a Cloudflare token": r"v1\.0-[0-9a-f]{20,30}-[0-9a-f]{40,160}|cf(?:ut|at|k|pat)_[\w-]{20,80}",
    "a Vercel, Netlify, Render or Railway token": r"vc[a-z]_[A-Za-z0-9]{20,60}"
    r"|vercel_blob_rw_\w{20,80}|nfp_[A-Za-z0-9]{20,60}|rnd_[A-Za-z0-9]{20,60}",
    "a key of a database service": r"pscale_(?:tkn|oauth|pw)_[\w.=-]{20,70}|napi_[a-z0-9]{30,80}"
    r"|sb(?:p_|_secret_|_publishable_)[\w-]{20,80}|dapi[0-9a-f]{32}|xau_[\w-]{20,60}"
    r"|pcsk_\w{20,90}|fnA[\w-]{30,60}",
    # Code and packages
    "a GitHub token": rf"gh[a-z]_[A-Za-z0-9]{{20,255}}|github_pat_\w{{20,255}}|v1\.[0-9a-f]{{40}}{_END}",
    "a GitLab token": r"gl[a-z]{2,6}-[\w.-]{20,320}|GR1348941[\w-]{15,40}"
    r"|_gitlab_session=[0-9a-z]{20,64}",
    "an Atlassian token": r"AT(?:ATT|CTT|BB|OA)[\w=+/-]{20,300}",
    "an npm token": r"npm_[A-Za-z0-9]{20,80}|(?i:_auth(?:Token)?[ \t]?=[ \t]?)[\w+/=-]{12,200}",
    "a PyPI token": r"pypi-[\w-]{30,250}",
    "a token of a package registry": r"rubygems_[0-9a-f]{20,64}|oy2[a-z0-9]{40,50}"
    r"|cio[A-Za-z0-9]{32}|CLOJARS_[a-z0-9]{40,70}|AKCp[A-Za-z0-9]{40,90}|cmVmd[A-Za-z0-9]{40,80}"
    r"|dckr_(?:pat|oat)_[\w-]{20,60}|nuget_[a-z0-9]{30,60}",
    "a token of a build service": r"CCIP(?:AT|RJ)_[\w-]{20,90}|bk[a-z]{2}_[0-9a-z]{30,60}"
    r"|sq[apu]_[0-9a-f]{30,50}|pnu_[A-Za-z0-9]{30,50}|pul-[0-9a-f]{32,48}|[A-Za-z0-9]{14}\.atlasv1\."
    r"[\w-]{40,80}|API-[A-Z0-9]{25,30}|snyk_[\w.-]{20,90}|sgp_[\w]{32,90}|tfp_[\w-]{30,70}",
    # Language models
    "an OpenAI, Anthropic or similar key": r"sk-[\w-]{16,250}|sess-[A-Za-z0-9]{30,60}"
    r"|pk-lf-[\w-]{20,60}|csk-[\w-]{20,80}|gsk_[A-Za-z0-9]{20,80}|xai-[\w-]{20,120}"
    r"|pplx-[\w-]{20,80}|nvapi-[\w-]{20,100}|tgp_v1_[\w-]{20,80}|fw_[A-Za-z0-9]{20,60}"
    r"|lsv2_[\w-]{20,90}|pa-[\w-]{30,60}|tvly-[\w-]{16,60}|fc-[0-9a-f]{20,60}|jina_[\w-]{30,90}"
    r"|r8_[A-Za-z0-9]{20,60}|apify_api_\w{20,60}|e2b_\w{20,60}|wandb_v1_[\w-]{20,90}"
    r"|bb_live_[\w-]{20,60}|[0-9a-f]{32}\.[A-Za-z0-9]{16}",
    "a Hugging Face token": r"hf_[A-Za-z0-9]{20,60}|api_org_[A-Za-z0-9]{20,60}",
    # Messages and mail
    "a Slack token": r"xox[a-z](?:\.xox[a-z])?-[\w-]{10,250}|xapp-[\w-]{15,250}"
    r"|hooks\.slack\.com/[a-z]+/[\w/+-]{20,120}",
    "a Discord token": r"(?:mfa\.|[MNO][\w-]{23,27}\.[\w-]{5,7}\.)[\w-]{20,90}"
    r"|discord(?:app)?\.com/api/(?:v\d+/)?webhooks/\d{10,25}/[\w-]{20,100}",
    "a Telegram token": r"\d{6,12}:[\w-]{30,50}",
    "a Twilio key": rf"(?:AC|SK|AP){_HEX32}{_END}",
    "a SendGrid key": r"SG\.[\w-]{10,40}\.[\w-]{20,80}|SG\.[\w.-]{40,90}",
    "a key of a mail service": rf"(?:pub)?key-{_HEX32}|{_HEX32}-(?:us|eu)\d{{1,2}}"
    r"|[0-9a-f]{32}-[0-9a-f]{8}-[0-9a-f]{8}|xkeysib-[\w-]{30,120}|xsmtpsib-[\w-]{30,120}"
    r"|re_[A-Za-z0-9]{6,12}_[A-Za-z0-9]{16,40}|mlsn\.[0-9a-f]{40,80}",
    "an address that anybody can post to": r"[\w-]{1,60}\.webhook\.office\.com/[\w@/-]{30,250}"
    r"|hooks\.zapier\.com/hooks/catch/[\w/]{8,60}|outlook\.office\.com/webhook/[\w@/-]{30,250}"
    r"|(?:open\.feishu\.cn|open\.larksuite\.com)/open-apis/bot/v2/hook/[\w-]{20,60}"
    r"|qyapi\.weixin\.qq\.com/cgi-bin/webhook/send\?key=[\w-]{20,60}"
    r"|oapi\.dingtalk\.com/robot/send\?access_token=\w{30,80}",
    # Money and shops
    "a Stripe key": r"(?:[sr]k|pk)_(?:live|test|prod|org)_\w{10,250}|whsec_[A-Za-z0-9+/=]{16,90}",
    "a key of a shop or a payment service": r"shp(?:at|ca|pa|ss|tka|ua)_[0-9a-fA-F]{20,64}"
    r"|sq0[a-z]{3}-[\w-]{20,70}|EAAA[\w-]{20,90}|access_token\$(?:production|sandbox)\$[\w$]{20,90}"
    r"|rzp_(?:live|test)_[A-Za-z0-9]{10,30}|FLW(?:SECK|PUBK)(?:_TEST)?-[\w-]{12,60}|AQE[\w+/=-]{40,300}"
    rf"|access-(?:sandbox|development|production)-{_UUID}|(?:live|test)_(?:pub_)?[0-9a-f]{{30,40}}"
    r"|shippo_(?:live|test)_[0-9a-f]{30,50}|EZ[AT]K[A-Za-z0-9]{40,70}|duffel_(?:live|test)_[\w-]{30,60}"
    r"|organizations/[\w-]{36}/apiKeys/",
    # Work and observation
    "a key of an office service": r"lin_(?:api|oauth)_[A-Za-z0-9]{30,60}|ntn_[A-Za-z0-9]{30,60}"
    r"|secret_[A-Za-z0-9]{30,60}|pat[A-Za-z0-9]{14}\.[0-9a-f]{40,80}|fig[dour]_[\w-]{30,60}"
    rf"|pat-[a-z]{{2,3}}\d-{_UUID}|dG9rOi[\w=+/]{{20,90}}|sl\.[\w-]{{40,250}}|CFPAT-[\w-]{{30,60}}"
    r"|rdme_[a-z0-9]{40,90}|0/[0-9a-f]{32}|[12]/\d{10,20}(?:/\d{10,20})?:[0-9a-f]{32}"
    r"|00D[A-Za-z0-9]{12,15}![\w.]{40,150}|00[\w-]{40}(?![\w-])|p8e-[a-z0-9]{32}|PMAK-[0-9a-f-]{40,70}",
    "a key of a monitoring service": r"glc_[A-Za-z0-9+/=]{20,400}|glsa_\w{20,60}|eyJrIjoi[\w=]{30,400}"
    r"|NR[A-Z]{2}-[\w-]{16,60}|NRAK[\w-]{16,60}|sntry[su]_[\w+/=-]{20,500}|dt0[a-z]\d\d\.[\w.]{20,120}"
    r"|ph[cx]_[A-Za-z0-9]{20,60}|dd[ap]_[\w]{20,60}",
    "a Mapbox or LaunchDarkly key": rf"[psu]k\.eyJ[\w.-]{{20,200}}|(?:sdk|api|mob)-{_UUID}",
    "a key of a network service": r"tskey-[\w-]{16,90}|dnkey-[\w=-]{30,90}|akab-[\w-]{20,70}"
    r"|tk-us-[\w-]{30,60}|[A-Za-z0-9]{6}_[A-Za-z0-9]{29}_mmk|ico-[A-Za-z0-9]{32}|dp\.[a-z]{2,5}\.[\w.-]{30,70}",
    "a Facebook or Twitter token": r"EAA[A-Za-z0-9]{30,300}|AAAAAAAAAA[A-Za-z0-9%]{40,150}"
    r"|\d{15,16}(?:\||%7C)[\w-]{20,45}|oauth:[a-z0-9]{20,40}",
    # Safes, machines and coins
    "a token of a secret store": r"hv[sbr]\.[\w-]{20,300}|s\.[A-Za-z0-9]{24}(?![\w.-])"
    r"|ops_eyJ[\w+/=-]{30,900}|A3-[A-Z0-9]{6}(?:-[A-Z0-9]{5,11}){4,5}|AGE-SECRET-KEY-1[A-Z0-9]{40,70}"
    r"|0\.[0-9a-f-]{36}\.[\w]{20,40}:[\w+/=]{16,40}",
    "a token of a cluster": r"sha256~[\w-]{30,60}|K10[0-9a-f]{40,80}::[\w:]{10,90}"
    r"|[a-z0-9]{6}\.[a-z0-9]{16}(?![\w.-])|SWMTKN-[\w-]{30,120}",
    "a key of a wallet": r"xprv[A-Za-z0-9]{80,120}|nsec1[a-z0-9]{40,70}|0x[0-9a-fA-F]{64}(?![0-9a-fA-F])"
    r"|[5KL][1-9A-HJ-NP-Za-km-z]{50,51}(?![A-Za-z0-9])",
}  # fmt: skip
"""Beginnings and forms that issuers give to their keys, by name."""

STRUCTURES = {
    "a private key": r"-{2,5} ?BEGIN[ A-Z0-9]{0,40}PRIVATE KEY[ A-Z]{0,10}-{2,5}\s{0,4}[^\s.<…-][^\n]{0,80}"
    r"|PuTTY-User-Key-File-\d|(?:[A-Za-z0-9+/]{60,80}\n){6}|MII[A-Za-z0-9+/]{60,4000}",
    "a JSON web token": r"eyJ[\w=+/-]{10,2000}\.[\w=+/-]{10,4000}(?:\.[\w=+/-]{0,2000})?"
    r"|ZXlK[\w=+/-]{30,2000}",
    "a password in an address": r"[A-Za-z][A-Za-z0-9+.-]{1,20}://[^\s/:@\"'`<>]{0,80}:"
    r"(?!(?i:pass(?:word|wd)?|pwd|secret|token|pw|\*+|postgres|root|admin|guest|example|key|x+)@)"
    r"[^\s/@\"'`<>${]{3,200}@[\w.\[-]",
    "a key in an address": r"https://[0-9a-f]{32}(?::[0-9a-f]{32})?@"
    r"|[?&](?i:key|api_?key|token|access_token|auth|password|secret|sig|signature|code)=[\w%+/=.~-]{12,300}",
    "a token of a request": r"(?i:bearer|token|basic|apikey|digest|negotiate|ntlm)[ \t]{1,3}"
    r"[\"'`]?(?=[\w.~+/=-]{0,200}\d)[\w.~+/=-]{12,2000}",
    "a password of a command": r"(?:curl|wget|http|https|xh)\b[^\n|;]{0,300}?[ \t](?:-u[ =]?|--user[ =]|-a[ ]|--auth[ =]"
    r"|--proxy-user[ =])[\"']?[^\s:\"'$<{]{1,80}:(?!(?i:pass(?:word|wd)?|pwd|secret|token)\b)[^\s\"'$<{]{3,120}"
    r"|(?:sshpass[ ]-p|mysql(?:dump)?\b[^\n|;]{0,200}?[ ]-p|redis-cli\b[^\n|;]{0,200}?[ ]-a[ ]"
    r"|docker[ ]login\b[^\n|;]{0,200}?[ ]-p[ ]|smbclient\b[^\n|;]{0,200}?%|openssl\b[^\n|;]{0,200}?pass:)"
    r"[ ]?[\"']?(?=[^\s\"']{0,80}\d)[^\s\"'$<{]{4,120}",
    "a line of a password file": r"(?:machine[ \t]+[^\s<]{1,100}|default)\s+login\s+[^\s<]{1,100}\s+password\s+[^\s<]{3,200}"
    r"|[\w.*-]{1,80}:(?:\d{2,5}|\*):[\w*-]{1,60}:[\w*-]{1,60}:[^\s:]{4,100}(?=\s|$)"
    r"|[\w.-]{1,40}:(?:\$(?:apr1|[1256y]|2[aby]|argon2id?|scrypt)\$|\{SHA\})[\w./$+=,-]{10,200}",
    "the hash of a password": r"\$(?:2[abxy]\$\d\d\$[./A-Za-z0-9]{40,60}|apr1\$[\w./$]{10,60}|[156y]\$[\w./$=,]{16,200}"
    r"|argon2(?:id|i|d)\$[\w./$+=,]{20,200}|scrypt\$[\w./$+=,]{20,200})|pbkdf2_sha\d+\$\d+\$[\w./$+=]{20,150}",
    "a seed of one-time passwords": r"otpauth://[\w./:%@?&=-]{0,200}secret=[A-Z2-7a-z]{8,100}",
    "a service account's key": r"\"private_key(?:_id)?\"\s{0,4}:\s{0,4}\"[^\"<.]{16,200}",
    "the data of a cluster's secret": r"(?:client-key-data|token-data):[ \t]{0,4}[\w+/=]{20,4000}"
    r"|\"auth\"\s{0,4}:\s{0,4}\"[\w+/=]{12,300}\"",
}  # fmt: skip
"""Structures in which keys and passwords stand, by name."""
