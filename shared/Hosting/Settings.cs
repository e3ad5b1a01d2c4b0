using System.Net;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace CrmPlatform.Hosting;

/// <summary>Says what an environment variable is for; the documented list is made from these.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Method)]
public sealed class VariableAttribute(string name, string meaning) : Attribute
{
    /// <summary>The variable.</summary>
    public string Name { get; } = name;

    /// <summary>What it is for.</summary>
    public string Meaning { get; } = meaning;

    /// <summary>What holds when it is not set.</summary>
    public string Otherwise { get; init; } = "—";
}

/// <summary>All there is to configure, read from environment variables once at start.</summary>
public sealed class Settings(IReadOnlyDictionary<string, string> variables)
{
    /// <summary>The first port of this installation.</summary>
    [Variable("CRM_PORT", "First port: the edge; the services follow. A second installation on one machine takes another.", Otherwise = "7400")]
    public int Port => Number("CRM_PORT", 7400);

    /// <summary>Overrides the address an app listens on.</summary>
    [Variable("CRM_LISTEN", "Address a process with one app listens on, e.g. `http://0.0.0.0:8080` in a container.", Otherwise = "`http://127.0.0.1:<port>`")]
    public string? Listen => Text("CRM_LISTEN");

    /// <summary>The PostgreSQL server.</summary>
    [Variable("CRM_POSTGRES", "Connection string of the PostgreSQL server; each service adds its own database and login.", Otherwise = "required")]
    public string Postgres => Text("CRM_POSTGRES") ?? throw new SettingsException("CRM_POSTGRES is not set: which PostgreSQL server shall be used?");

    /// <summary>The connection that may create databases and roles.</summary>
    [Variable("CRM_POSTGRES_ADMIN", "Connection string that may create databases and roles; only `provision` uses it.", Otherwise = "CRM_POSTGRES")]
    public string PostgresAdmin => Text("CRM_POSTGRES_ADMIN") ?? Postgres;

    /// <summary>How names of databases and logins begin.</summary>
    [Variable("CRM_DB_PREFIX", "Beginning of the names of databases and logins: two installations can share a server.", Otherwise = "crm")]
    public string DatabasePrefix => Text("CRM_DB_PREFIX") ?? "crm";

    /// <summary>The broker.</summary>
    [Variable("CRM_RABBITMQ", "The broker: `amqp://user:password@host:port/vhost`.", Otherwise = "required")]
    public Uri RabbitMq => Uri.TryCreate(Text("CRM_RABBITMQ"), UriKind.Absolute, out var uri) && uri.Scheme is "amqp" or "amqps"
        ? uri
        : throw new SettingsException("CRM_RABBITMQ is not set, or is no address like amqp://user:password@host:5672/.");

    /// <summary>The installation's public address, which its tokens name as who issued them and whom they are for.</summary>
    [Variable("CRM_ISSUER", "Public address of this installation, as browsers and partners see it; tokens name it as their issuer.",
        Otherwise = "`http://127.0.0.1:<CRM_PORT>`")]
    public string Issuer => Text("CRM_ISSUER") is not { } given ? $"http://127.0.0.1:{Port}"
        : Uri.TryCreate(given, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address is { Query: "", Fragment: "" }
            && !given.EndsWith('/') ? given
        : throw new SettingsException($"CRM_ISSUER is '{given}', which is no address like https://crm.example.com.");

    /// <summary>Public keys of tokens.</summary>
    [Variable("CRM_KEYS", "Where the public keys of tokens are: addresses and files (JWKS), separated by commas; read again when they change. "
        + "Identity publishes its own at `/.well-known/jwks.json`.", Otherwise = "required")]
    public string Keys => Text("CRM_KEYS") ?? throw new SettingsException("CRM_KEYS is not set: where are the public keys of tokens?");

    /// <summary>The private key for anchors.</summary>
    [Variable("CRM_ANCHOR_KEY", "PEM file of the private key (EC P-256) that signs anchors, and nothing else; the verb `keys` makes it.",
        Otherwise = "anchors are not written")]
    public string? AnchorKey => Text("CRM_ANCHOR_KEY");

    /// <summary>The public keys of anchors.</summary>
    [Variable("CRM_ANCHOR_KEYS", "JWKS file with the public keys anchors are checked with by `verify`; the verb `keys` adds to it.",
        Otherwise = "required by `keys` and `verify`")]
    public string AnchorKeys =>
        Text("CRM_ANCHOR_KEYS") ?? throw new SettingsException("CRM_ANCHOR_KEYS is not set: which file holds the public keys of anchors?");

    /// <summary>What a service seals its own secrets with.</summary>
    [Variable("CRM_SECRET", "Secret (32 characters or more) under which a service seals what it has to read again in its database: identity private keys and "
        + "the seeds of one-time passwords, integrations what webhooks are signed with. Each may have its own.",
        Otherwise = "required by identity and integrations")]
    public string Secret => Text("CRM_SECRET") is { Length: >= 32 } secret
        ? secret
        : throw new SettingsException("CRM_SECRET is not set, or is shorter than 32 characters: what shall secrets be sealed with?");

    /// <summary>Where chain anchors go.</summary>
    [Variable("CRM_ANCHORS", "Folder outside the databases for signed anchors of the hash chains.", Otherwise = "anchors are not written")]
    public string? Anchors => Text("CRM_ANCHORS");

    /// <summary>Where traces go.</summary>
    [Variable("CRM_OTLP", "OTLP endpoint for traces, e.g. `http://collector:4317`.", Otherwise = "traces are not exported")]
    public string? Otlp => Text("CRM_OTLP");

    /// <summary>Share of requests that are traced.</summary>
    [Variable("CRM_TRACE_SAMPLE", "Share of requests that are traced, 0 to 1.", Otherwise = "1")]
    public double TraceSample => Text("CRM_TRACE_SAMPLE") is { } text ? double.Parse(text) : 1;

    /// <summary>Where the services are.</summary>
    [Variable("CRM_UPSTREAMS", "Where the edge and the graph find the services: `contacts=http://contacts:8080,…`.",
        Otherwise = "the services of its own process")]
    public string? Upstreams => Text("CRM_UPSTREAMS");

    /// <summary>Where the apps are that somebody stands in front of: as the settings say, else beside it in the same process.</summary>
    public IReadOnlyList<(string Name, Uri Address)> UpstreamsBeside(IEnumerable<App> neighbours) => Upstreams is { } listed
        ? [.. listed.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Upstream)]
        : [.. neighbours.Select(app => (app.Name, new Uri(app.Address(this, alone: false))))];

    /// <summary>Documents the graph knows beforehand.</summary>
    [Variable("CRM_GRAPH_OPERATIONS", "Folder with documents (`*.graphql`) that the graph knows by the SHA-256 of their text.", Otherwise = "none")]
    public string? GraphOperations => Text("CRM_GRAPH_OPERATIONS");

    /// <summary>Whether the graph answers nothing but those.</summary>
    [Variable("CRM_GRAPH_ONLY_OPERATIONS", "`true`: the graph answers nothing but the documents of CRM_GRAPH_OPERATIONS.", Otherwise = "false")]
    public bool GraphOperationsOnly => Text("CRM_GRAPH_ONLY_OPERATIONS") == "true";

    /// <summary>Whether the graph describes itself.</summary>
    [Variable("CRM_GRAPH_INTROSPECTION", "`false`: the graph does not describe itself to callers.", Otherwise = "true")]
    public bool GraphIntrospection => Text("CRM_GRAPH_INTROSPECTION") != "false";

    /// <summary>Web pages of other origins that may call the edge.</summary>
    [Variable("CRM_CORS", "Origins whose pages may call the edge, separated by commas.", Otherwise = "none")]
    public string? Cors => Text("CRM_CORS");

    /// <summary>Servers in front of the edge.</summary>
    [Variable("CRM_PROXIES", "Networks of your own servers in front of the edge, e.g. `10.0.0.0/8`: what they say in `X-Forwarded-For` and "
        + "`X-Forwarded-Proto` is believed.", Otherwise = "nobody is believed")]
    public IReadOnlyList<IPNetwork> Proxies => Networks("CRM_PROXIES");

    /// <summary>Who runs the installation.</summary>
    [Variable("CRM_OPERATORS", "E-mail addresses of the people who run the installation, separated by commas: their tokens can have the scope `crm.ops`.",
        Otherwise = "nobody")]
    public IReadOnlySet<string> Operators => (Text("CRM_OPERATORS") ?? "")
        .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>What the demo people log in with.</summary>
    [Variable("CRM_DEMO_PASSWORD", "Password of the demo company's people, for `seed` and `token`; ten characters or more.", Otherwise = "required by these")]
    public string DemoPassword =>
        Text("CRM_DEMO_PASSWORD") ?? throw new SettingsException("CRM_DEMO_PASSWORD is not set: with what shall the demo people log in?");

    /// <summary>Limits of the plans.</summary>
    [Variable("CRM_RATE_LIMITS", "Requests a second and at once, by plan: `standard=100/200,partner=500/1000,internal=unlimited`.",
        Otherwise = "the plans' own")]
    public string? RateLimits => Text("CRM_RATE_LIMITS");

    /// <summary>How long the edge waits for a service.</summary>
    [Variable("CRM_EDGE_TIMEOUT", "Seconds a service may be silent before the edge answers 504.", Otherwise = "30")]
    public TimeSpan EdgeTimeout => TimeSpan.FromSeconds(Number("CRM_EDGE_TIMEOUT", 30));

    /// <summary>How long jobs are known after their end.</summary>
    [Variable("CRM_KEEP_JOBS_DAYS", "Days until jobs that ended, and imports nobody started, are forgotten with their files.", Otherwise = "90")]
    public int KeepJobsDays => Number("CRM_KEEP_JOBS_DAYS", 90);

    /// <summary>How long deliveries of webhooks are known after their end.</summary>
    [Variable("CRM_KEEP_DELIVERIES_DAYS", "Days until what was delivered to webhooks is forgotten; what still waits never is.", Otherwise = "30")]
    public int KeepDeliveriesDays => Number("CRM_KEEP_DELIVERIES_DAYS", 30);

    /// <summary>How far back the feed of events goes.</summary>
    [Variable("CRM_KEEP_EVENTS_DAYS", "Days the feed of events goes back, and with it what webhooks can be told again; `0` is for ever.", Otherwise = "0")]
    public int KeepEventsDays => Number("CRM_KEEP_EVENTS_DAYS", 0);

    /// <summary>How long requests of programs are known.</summary>
    [Variable("CRM_KEEP_CALLS_DAYS", "Days until a request of an API key or OAuth client is forgotten; how many there were a day is known for 400 days.",
        Otherwise = "14")]
    public int KeepCallsDays => Number("CRM_KEEP_CALLS_DAYS", 14);

    /// <summary>How many requests of programs are known.</summary>
    [Variable("CRM_KEEP_CALLS", "Requests of API keys and OAuth clients that are known of each tenant, the newest.", Otherwise = "100000")]
    public int KeepCalls => Number("CRM_KEEP_CALLS", 100_000);

    /// <summary>How long somebody who is told of events may take to answer.</summary>
    [Variable("CRM_WEBHOOK_TIMEOUT", "Seconds whoever is told of an event may take to answer, the connection included.", Otherwise = "15")]
    public TimeSpan WebhookTimeout => TimeSpan.FromSeconds(Number("CRM_WEBHOOK_TIMEOUT", 15));

    /// <summary>Networks of its own that the installation lets webhooks reach.</summary>
    [Variable("CRM_WEBHOOK_NETWORKS", "Networks that are not public and webhooks may reach all the same, at any port and without TLS, e.g. `10.20.0.0/16`.",
        Otherwise = "none")]
    public IReadOnlyList<IPNetwork> WebhookNetworks => Networks("CRM_WEBHOOK_NETWORKS");

    /// <summary>Ports of public addresses that webhooks may reach.</summary>
    [Variable("CRM_WEBHOOK_PORTS", "Ports of public addresses that webhooks may reach, separated by commas.", Otherwise = "443,8443")]
    public IReadOnlySet<int> WebhookPorts => (Text("CRM_WEBHOOK_PORTS") ?? "443,8443")
        .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(one => int.TryParse(one, out var port) && port is > 0 and < 65536 ? port
            : throw new SettingsException($"CRM_WEBHOOK_PORTS has '{one}', which is no port.")).ToHashSet();

    /// <summary>How long a browser stays logged in that nobody uses.</summary>
    [Variable("CRM_SIGN_IN_IDLE_MINUTES", "Minutes without use after which a browser has to log in again.", Otherwise = "720")]
    public TimeSpan IdleSignIn => TimeSpan.FromMinutes(Number("CRM_SIGN_IN_IDLE_MINUTES", 720));

    /// <summary>How long a browser stays logged in at most.</summary>
    [Variable("CRM_SIGN_IN_HOURS", "Hours after which a browser has to log in again in any case.", Otherwise = "336")]
    public TimeSpan LongestSignIn => TimeSpan.FromHours(Number("CRM_SIGN_IN_HOURS", 336));

    /// <summary>The server that takes mail.</summary>
    [Variable("CRM_SMTP", "Server that takes mail: `smtp://user:password@host:587`, or `smtps://…` where it has to be encrypted (STARTTLS).",
        Otherwise = "mail goes to CRM_MAIL, or waits")]
    public Uri? Smtp => Text("CRM_SMTP") is not { } text ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "smtp" or "smtps" && uri.Host.Length > 0 ? uri
        : throw new SettingsException("CRM_SMTP is no address like smtp://user:password@host:587.");

    /// <summary>Where mail goes on a development machine.</summary>
    [Variable("CRM_MAIL", "Folder mail goes to instead, with the page `/mail` that shows it to anybody: for development only.", Otherwise = "—")]
    public string? Mail => Text("CRM_MAIL");

    /// <summary>Who mail comes from.</summary>
    [Variable("CRM_MAIL_FROM", "Address mail comes from.", Otherwise = "`no-reply@<host of CRM_ISSUER>`")]
    public string MailFrom => Text("CRM_MAIL_FROM") ?? $"no-reply@{new Uri(Issuer).Host}";

    /// <summary>The web app's files.</summary>
    [Variable("CRM_WEB", "Folder with the files of the web app.", Otherwise = "the page built into the edge")]
    public string? Web => Text("CRM_WEB");

    /// <summary>How much is logged.</summary>
    [Variable("CRM_LOG", "Least level that is logged: `Debug`, `Information`, `Warning`, `Error`.", Otherwise = "Information")]
    public string Log => Text("CRM_LOG") ?? "Information";

    /// <summary>How log lines look.</summary>
    [Variable("CRM_LOG_FORMAT", "`json` for machines, `text` for people.", Otherwise = "text")]
    public string LogFormat => Text("CRM_LOG_FORMAT") ?? "text";

    /// <summary>What every environment variable is for.</summary>
    public static IEnumerable<VariableAttribute> Documented =>
        typeof(Settings).GetMembers(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Select(m => m.GetCustomAttribute<VariableAttribute>()).OfType<VariableAttribute>();

    /// <summary>The settings this process was started with.</summary>
    public static Settings FromEnvironment() => new(
        Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
            .ToDictionary(e => (string)e.Key, e => (string?)e.Value ?? "", StringComparer.Ordinal));

    /// <summary>A service's own database, through its login or the one of its ops tasks.</summary>
    public string Database(string service, bool ops = false)
    {
        var database = DatabaseName(service);
        var login = ops ? $"{database}_ops" : database;
        return new NpgsqlConnectionStringBuilder(Postgres)
        {
            Database = database,
            Username = login,
            Password = Password(service, login),
            ApplicationName = login,
            MaxAutoPrepare = 100,
            AutoPrepareMinUsages = 2,
            IncludeErrorDetail = false,
            // Statements are planned once per connection; what somebody asks for is planned for its values, where it is asked (Unit).
            Options = "-c plan_cache_mode=force_generic_plan",
            NoResetOnClose = !ops, // sessions leave nothing behind: what they set ends with their transaction
        }.ConnectionString;
    }

    internal string DatabaseName(string service) => $"{DatabasePrefix}_{service}";

    /// <summary>The password of a login: given for the service, or derived from the key, a different one for each login.</summary>
    [Variable("CRM_DB_PASSWORD_<SERVICE>", "Password of one service's logins, where it must not know the key of all.", Otherwise = "derived from CRM_DB_KEY")]
    internal string Password(string service, string login)
    {
        if (Text($"CRM_DB_PASSWORD_{service.ToUpperInvariant()}") is { } given)
            return given;
        return Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(DatabaseKey), Encoding.UTF8.GetBytes(login)));
    }

    [Variable("CRM_DB_KEY", "Secret from which the passwords of all services' logins are derived.", Otherwise = "required without the passwords")]
    private string DatabaseKey =>
        Text("CRM_DB_KEY") ?? throw new SettingsException("CRM_DB_KEY is not set, nor is a password for this service's login.");

    private static (string Name, Uri Address) Upstream(string entry) =>
        entry.Split('=', 2) is [{ Length: > 0 } name, var url] && Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? (name, address)
            : throw new SettingsException($"CRM_UPSTREAMS has the entry '{entry}', which is not like contacts=http://contacts:8080.");

    private IReadOnlyList<IPNetwork> Networks(string name) =>
    [
        .. (Text(name) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(one =>
            IPNetwork.TryParse(one, out var network) ? network : throw new SettingsException($"{name} has '{one}', which is no network like 10.0.0.0/8.")),
    ];

    private string? Text(string name) => variables.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    private int Number(string name, int otherwise) => Text(name) is not { } text ? otherwise
        : int.TryParse(text, out var number) ? number
        : throw new SettingsException($"{name} is '{text}', which is no number.");
}

/// <summary>The process is not configured well enough to start; the message is for the person who starts it.</summary>
public sealed class SettingsException(string message) : Exception(message);
