"""Secrets of no account, in the formats of many issuers, put together when a test runs.

No file holds one: each is a beginning, characters drawn at random, and what stands around them.
"""

import base64
import random
import string
from collections.abc import Mapping
from urllib.parse import quote

_LETTERS = string.ascii_letters + string.digits
_HEX = "0123456789abcdef"
_BASE64 = _LETTERS + "+/"
_UPPER = string.ascii_uppercase + string.digits


class _Drawn:
    """Draws characters, always the same ones."""

    def __init__(self) -> None:
        self._random = random.Random(18)

    def __call__(self, length: int, letters: str = _LETTERS) -> str:
        while True:
            text = "".join(self._random.choices(letters, k=length))
            # Few keys have no digit at all, and a search may ask for one.
            if length < 8 or not set(letters) & set("0123456789") or set(text) & set("0123456789"):
                return text

    def hex(self, length: int) -> str:
        return self(length, _HEX)

    def uuid(self) -> str:
        return "-".join(self.hex(length) for length in (8, 4, 4, 4, 12))


def samples() -> Mapping[str, str]:
    """The secrets by the name of their format."""
    draw = _Drawn()
    return {**_clouds(draw), **_code(draw), **_services(draw), **_structures(draw), **_named(draw)}


def _clouds(draw: _Drawn) -> Mapping[str, str]:
    base32 = string.ascii_uppercase + "234567"
    tail = "?sv=2022-11-02&se=2030-01-01&sr=c&sp=rwdl&"
    return {
        "aws-id": "AKIA" + draw(16, base32),
        "aws-temporary-id": "ASIA" + draw(16, base32),
        "aws-bearer-id": "ABIA" + draw(16, base32),
        "aws-context-id": "ACCA" + draw(16, base32),
        "aws-secret-named": "aws_secret_access_key = " + draw(40, _BASE64),
        "aws-secret-variable": "AWS_SECRET_ACCESS_KEY=" + draw(40, _BASE64),
        "aws-secret-alone": draw(40, _BASE64),
        "aws-session": "aws_session_token = " + draw(300, _BASE64) + "==",
        "aws-bedrock": "ABSK" + draw(128, _BASE64) + "=",
        "aws-mws": "amzn.mws." + draw.uuid(),
        "azure-storage": "DefaultEndpointsProtocol=https;AccountName=x;AccountKey="
        + draw(86, _BASE64) + "==;EndpointSuffix=core.windows.net",
        "azure-storage-alone": draw(86, _BASE64) + "==",
        "azure-bus": "Endpoint=sb://x.servicebus.windows.net/;SharedAccessKeyName=Root;"
        "SharedAccessKey=" + draw(43, _BASE64) + "=",
        "azure-sas": "https://x.blob.core.windows.net/c" + tail + "sig=" + quote(draw(43, _BASE64) + "=", safe=""),
        "azure-client-secret": draw(3) + "8Q~" + draw(34),
        "azure-devops": draw(52, string.ascii_lowercase + "234567"),
        "azure-cognitive": draw.hex(32),
        "google-api": "AIza" + draw(35),
        "google-access": "ya29." + draw(120),
        "google-refresh": "1//0" + draw(60),
        "google-client-secret": "GOCSPX-" + draw(28),
        "google-hmac": "GOOG1E" + draw(56, _UPPER),
        "google-gemini": "AQ.Ab8" + draw(45),
        "google-service-account": '{"type": "service_account", "private_key_id": "' + draw.hex(40) + '"}',
        "google-service-account-key": '"private_key": "-----BEGIN PRIVATE' + " KEY-----\\n" + draw(64, _BASE64),
        "firebase": "AAAA" + draw(7) + ":APA91b" + draw(134),
        "alibaba": "LTAI" + draw(20),
        "tencent": "AKID" + draw(32),
        "baidu": "bce-v3/ALTAK-" + draw(21) + "/" + draw.hex(40),
        "yandex": "AQVN" + draw(35),
        "digitalocean": "dop_v1_" + draw.hex(64),
        "heroku": "HRKU-AA" + draw(58),
        "fly": "fm2_" + draw(120, _BASE64),
        "cloudflare-origin": "v1.0-" + draw.hex(24) + "-" + draw.hex(146),
        "vercel": "vcp_" + draw(56),
        "netlify": "nfp_" + draw(36),
        "planetscale": "pscale_tkn_" + draw(43),
        "supabase": "sbp_" + draw.hex(40),
        "databricks": "dapi" + draw.hex(32),
        "pinecone": "pcsk_" + draw(60),
        "terraform": draw(14) + ".atlasv1." + draw(67),
        "vault": "hvs." + draw(95),
        "vault-old": "s." + draw(24),
        "doppler": "dp.pt." + draw(43),
        "one-password": "ops_eyJ" + draw(300),
        "age": "AGE-SECRET-KEY-1" + draw(58, _UPPER),
        "tailscale": "tskey-auth-" + draw(17) + "-" + draw(32),
        "openshift": "sha256~" + draw(43),
    }  # fmt: skip


def _code(draw: _Drawn) -> Mapping[str, str]:
    git_hub = {f"github-{kind}": f"gh{kind}_" + draw(36) for kind in "pousr"}
    git_lab = {
        f"gitlab-{kind}": f"gl{kind}-" + draw(20)
        for kind in ("pat", "dt", "rt", "ptt", "ft", "cbt", "oas", "agent", "imt", "soat")
    }
    return {
        **git_hub,
        "github-fine-grained": "github_pat_" + draw(22) + "_" + draw(59),
        "github-old": draw.hex(40),
        **git_lab,
        "gitlab-runner": "GR1348941" + draw(20),
        "bitbucket": "ATBB" + draw(32),
        "atlassian": "ATATT3" + draw(186),
        "npm": "npm_" + draw(36),
        "npm-rc": "//registry.npmjs.org/:_authToken=" + draw.uuid(),
        "npm-rc-password": "_auth = " + base64.b64encode(draw(24).encode()).decode(),
        "pypi": "pypi-AgEIcHlwaS5vcmc" + draw(150),
        "pypi-test": "pypi-AgENdGVzdC5weXBp" + draw(150),
        "rubygems": "rubygems_" + draw.hex(48),
        "crates": "cio" + draw(32),
        "nuget": "oy2" + draw(43, string.ascii_lowercase + string.digits),
        "docker": "dckr_pat_" + draw(27),
        "artifactory": "AKCp" + draw(69),
        "circleci": "CCIPAT_" + draw(22) + "_" + draw.hex(40),
        "buildkite": "bkua_" + draw.hex(40),
        "sonarqube": "squ_" + draw.hex(40),
        "pulumi": "pul-" + draw.hex(40),
        "postman": "PMAK-" + draw.hex(24) + "-" + draw.hex(34),
        "openai": "sk-" + draw(20) + "T3Blbk" + "FJ" + draw(20),
        "openai-project": "sk-proj-" + draw(120),
        "openai-service": "sk-svcacct-" + draw(120),
        "anthropic": "sk-ant-api03-" + draw(93) + "AA",
        "anthropic-admin": "sk-ant-admin01-" + draw(93) + "AA",
        "openrouter": "sk-or-v1-" + draw.hex(64),
        "deepseek": "sk-" + draw.hex(32),
        "groq": "gsk_" + draw(52),
        "xai": "xai-" + draw(80),
        "perplexity": "pplx-" + draw(48),
        "replicate": "r8_" + draw(37),
        "nvidia": "nvapi-" + draw(64),
        "cerebras": "csk-" + draw(48),
        "langsmith": "lsv2_pt_" + draw.hex(32) + "_" + draw.hex(10),
        "mistral": draw(32),
        "zhipu": draw.hex(32) + "." + draw(16),
        "hugging-face": "hf_" + draw(34, string.ascii_letters),
        "hugging-face-organization": "api_org_" + draw(34, string.ascii_letters),
    }


def _services(draw: _Drawn) -> Mapping[str, str]:
    digits = string.digits
    return {
        "slack-bot": "xoxb-" + draw(12, digits) + "-" + draw(12, digits) + "-" + draw(24),
        "slack-user": "xoxp-" + draw(11, digits) + "-" + draw(11, digits) + "-" + draw.hex(32),
        "slack-app": "xapp-1-" + draw(11, _UPPER) + "-" + draw(13, digits) + "-" + draw.hex(64),
        "slack-rotating": "xoxe.xoxp-1-" + draw(163, _UPPER),
        "slack-webhook": "https://hooks.slack.com/services/T" + draw(10, _UPPER) + "/B"
        + draw(10, _UPPER) + "/" + draw(24),
        "discord-bot": "M" + draw(25) + "." + draw(6) + "." + draw(38),
        "discord-webhook": "https://discord.com/api/webhooks/" + draw(18, digits) + "/" + draw(68),
        "telegram": draw(10, digits) + ":AA" + draw(33),
        "teams-webhook": "https://x.webhook.office.com/webhookb2/" + draw.uuid() + "@" + draw.uuid()
        + "/IncomingWebhook/" + draw.hex(32) + "/" + draw.uuid(),
        "twilio-account": "AC" + draw.hex(32),
        "twilio-key": "SK" + draw.hex(32),
        "sendgrid": "SG." + draw(22) + "." + draw(43),
        "mailgun": "key-" + draw.hex(32),
        "mailchimp": draw.hex(32) + "-us12",
        "brevo": "xkeysib-" + draw.hex(64) + "-" + draw(16),
        "resend": "re_" + draw(8) + "_" + draw(24),
        "stripe-live": "sk_live_" + draw(24),
        "stripe-test": "sk_test_" + draw(24),
        "stripe-restricted": "rk_live_" + draw(99),
        "stripe-webhook": "whsec_" + draw(32),
        "shopify": "shpat_" + draw.hex(32),
        "square": "sq0atp-" + draw(22),
        "square-new": "EAAA" + draw(60),
        "razorpay": "rzp_live_" + draw(14),
        "braintree": "access_token$production$" + draw.hex(16) + "$" + draw.hex(32),
        "plaid": "access-production-" + draw.uuid(),
        "linear": "lin_api_" + draw(40),
        "notion": "ntn_" + draw(46),
        "notion-old": "secret_" + draw(43),
        "airtable": "pat" + draw(14) + "." + draw.hex(64),
        "figma": "figd_" + draw(40),
        "hubspot": "pat-na1-" + draw.uuid(),
        "asana": "1/" + draw(16, digits) + ":" + draw.hex(32),
        "dropbox": "sl." + draw(135),
        "okta": "00" + draw(40),
        "salesforce": "00D" + draw(12) + "!" + draw(96),
        "grafana": "glsa_" + draw(32) + "_" + draw.hex(8),
        "grafana-cloud": "glc_" + draw(120),
        "new-relic": "NRAK-" + draw(27, _UPPER),
        "sentry": "sntryu_" + draw.hex(64),
        "sentry-address": "https://" + draw.hex(32) + "@o1.ingest.sentry.io/1",
        "dynatrace": "dt0c01." + draw(24, _UPPER) + "." + draw(64, _UPPER),
        "posthog": "phx_" + draw(43),
        "mapbox": "sk.eyJ" + draw(80) + "." + draw(22),
        "launchdarkly": "sdk-" + draw.uuid(),
        "facebook": "EAAC" + draw(150),
        "twitter": "A" * 22 + draw(80),
        "wallet": "0x" + draw.hex(64),
        "nostr": "nsec1" + draw(58, string.ascii_lowercase + digits),
    }  # fmt: skip


def _structures(draw: _Drawn) -> Mapping[str, str]:
    def web_token() -> str:
        parts = ("eyJ" + draw(33), "eyJ" + draw(60), draw(43))
        return ".".join(parts)

    headers = ("", "RSA ", "EC ", "DSA ", "OPENSSH ", "ENCRYPTED ", "ED25519 ")
    keys = {
        f"private-key-{name.strip().lower() or 'plain'}": f"-----BEGIN {name}PRIVATE"
        f" KEY-----\n{draw(64, _BASE64)}\n"
        for name in headers
    }
    word = draw(12)
    return {
        **keys,
        "private-key-pgp": "-----BEGIN PGP PRIVATE" + f" KEY BLOCK-----\n\n{draw(64, _BASE64)}\n",
        "private-key-ssh2": "---- BEGIN SSH2 ENCRYPTED PRIVATE"
        + f" KEY ----\n{draw(64, _BASE64)}\n",
        "private-key-putty": "PuTTY-User-Key-File-" + "3: ssh-ed25519\n",
        "web-token": web_token(),
        "web-token-unsigned": "eyJ" + draw(33) + ".eyJ" + draw(60) + ".",
        "postgres": f"postgresql://app:{word}@db.internal:5432/app",
        "mysql": f"mysql://root:{word}@10.0.0.5/app",
        "mongodb": f"mongodb+srv://app:{word}@cluster0.mongodb.net/app",
        "redis": f"redis://:{word}@cache:6379/0",
        "amqp": f"amqps://app:{word}@queue/v",
        "https-with-password": f"https://ann:{word}@git.corp/x.git",
        "https-with-token": "https://" + f"x-access-token:{draw(30)}@git.corp/x.git",
        "jdbc": f"jdbc:postgresql://db/app?user=app&password={word}",
        "odbc": f"Server=db;Database=app;User Id=app;Password={word};",
        "odbc-short": f"Driver=x;Uid=app;Pwd={word};",
        "address-with-key": f"https://api.corp/v1?api_key={draw(24)}",
        "bearer": f"Authorization: Bearer {draw(40)}",
        "bearer-in-curl": f'curl -H "Authorization: Bearer {draw(24)}" https://api.corp/v1',
        "basic": "Authorization: Basic " + base64.b64encode(f"ann:{word}".encode()).decode(),
        "key-header": f"X-Api-Key: {draw(24)}",
        "curl-user": f"curl -u ann:{word} https://api.corp/v1",
        "curl-user-long": f"curl --user ann:{word} https://api.corp/v1",
        "curl-user-quoted": f'curl -s -u "ann:{word}" https://api.corp/v1',
        "sshpass": f"sshpass -p {word} ssh host",
        "mysql-command": f"mysql -uroot -p{word} app",
        "docker-login": f"docker login -u ann -p {word} registry.corp",
        "netrc": f"machine api.corp login ann password {word}",
        "netrc-lines": f"machine api.corp\n  login ann\n  password {word}",
        "pgpass": f"db.internal:5432:app:ann:{word}",
        "htpasswd": "ann:$apr1$" + draw(8) + "$" + draw(22),
        "bcrypt": "$2b$12$" + draw(53),
        "shadow": "root:$6$" + draw(8) + "$" + draw(86),
        "otp": "otpauth://totp/x:ann?secret=" + draw(32, string.ascii_uppercase + "234567"),
        "kubeconfig": "client-key-data: " + draw(200, _BASE64),
        "docker-config": '"auth": "' + base64.b64encode(f"ann:{word}".encode()).decode() + '"',
    }


def _named(draw: _Drawn) -> Mapping[str, str]:
    word = "Tr0ub4dor" + "&3x"
    return {
        "password-variable": f"PASSWORD={word}",
        "password-of-letters": "DB_PASSWORD=" + "korrekt" + "pferd",
        "password-exported": f"export DB_PASSWORD='{word}'",
        "password-yaml": f"password: {word}",
        "password-yaml-quoted": 'password: "correct horse ' + 'battery"',
        "password-json": f'{{"user": "ann", "password": "{word}"}}',
        "password-xml": f"<password>{word}</password>",
        "password-attribute": f'<add key="Password" value="{word}" />',
        "password-prose": f"The password is {word}",
        "password-table": f"| password | {word} |",
        "password-option": f"tool --password {word}",
        "password-option-equals": f"tool --password={word}",
        "password-environment": f"PGPASSWORD={word} psql",
        "password-bold": f"**Password:** `{word}`",
        "password-german": f"Passwort: {word}",
        "password-chinese": f"密码：{word}",
        "passphrase": f"passphrase = '{word}'",
        "passwd-python": f'passwd = "{word}"',
        "pwd": f"db_pwd: {word}",
        "kubernetes-env": f"- name: DB_PASSWORD\n  value: {word}",
        "secret-variable": f"CLIENT_SECRET={draw(24)}",
        "secret-yaml": f"client_secret: {draw(24)}",
        "secret-uuid": f"CLIENT_SECRET={draw.uuid()}",
        "secret-javascript": f"const appSecret = '{draw(20)}';",
        "django-secret": f"SECRET_KEY = '{draw(20)}!@#{draw(20)}'",
        "token-variable": f"API_TOKEN={draw(24)}",
        "token-json": f'"access_token": "{draw(24)}"',
        "token-option": f"tool --token {draw(24)}",
        "token-prose": f"my token is {draw(20)}",
        "key-variable": f"DATADOG_API_KEY={draw.hex(32)}",
        "key-short": f"api_key = {draw(16)}",
        "key-camel": f'apiKey: "{draw(20)}"',
        "key-spaced": f"API key: {draw(20)}",
        "key-go": f'apiKey := "{draw(20)}"',
        "key-ruby": f":api_key => '{draw(20)}'",
        "key-encryption": f"ENCRYPTION_KEY={draw.hex(32)}",
        "key-heroku": f"HEROKU_API_KEY={draw.uuid()}",
        "key-signing": f"signing_key: {draw(24)}",
        "access-key": f"access_key: {draw(20)}",
        "credential": f"credential = '{draw(20)}'",
        "twilio-token": f"TWILIO_AUTH_TOKEN={draw.hex(32)}",
        "wireguard": f"PrivateKey = {draw(43, _BASE64)}=",
    }
