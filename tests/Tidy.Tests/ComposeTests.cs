using System.Text.RegularExpressions;
using CrmPlatform.Hosting;
using Xunit;

namespace CrmPlatform.Tidy.Tests;

/// <summary>docker-compose.yml against the code: who is there, what they are told, what they are not told.</summary>
public sealed partial class ComposeTests
{
    private const string File = "docker-compose.yml";
    private static readonly Yaml Compose = Yaml.Documents(File)[0];
    private static readonly Yaml Containers = Compose["services"];

    private static IEnumerable<string> Services => Tree.Services.Select(s => s.ToLowerInvariant());

    [Fact]
    public void Every_service_has_a_container_of_its_own() => Tree.Tidy(
        from service in Tree.Services
        let container = Containers[service.ToLowerInvariant()]
        from complaint in new[]
        {
            container.Exists ? null : $"{File} has no container for {service}.",
            container["build"]["args"]["SERVICE"].Text == $"services/{service}"
                ? null : $"{File}: {service} is not built from services/{service}.",
            Upstreams().Contains($"{service.ToLowerInvariant()}=http://{service.ToLowerInvariant()}:8080")
                ? null : $"{File}: the edge is not told where {service} is.",
        }.OfType<string>()
        select complaint);

    [Fact]
    public void Every_container_built_here_is_a_program_of_this_repository() => Tree.Tidy(
        from name in Containers.Keys
        let build = Containers[name]["build"]
        where build.Exists
        from complaint in new[]
        {
            Tree.Has(build["dockerfile"].Text) ? null : $"{File}: {name} is built from {build["dockerfile"].Text}, which does not exist.",
            Tree.Has($"{build["args"]["SERVICE"].Text}/Program.cs") ? null : $"{File}: {build["args"]["SERVICE"].Text} is no program.",
        }.OfType<string>()
        select complaint);

    [Fact]
    public void Every_variable_is_one_that_the_settings_know() => Tree.Tidy(
        from name in Containers.Keys
        where Containers[name]["build"].Exists
        from variable in Containers[name]["environment"].Keys
        where !IsDocumented(variable)
        select $"{File}: {name} is given {variable}, which no setting reads.");

    [Fact]
    public void Every_program_is_given_what_it_requires() => Tree.Tidy(
        from name in Services.Append("provision").Append("edge").Append("graph")
        let given = Containers[name]["environment"].Keys.ToHashSet()
        from required in Required(name)
        where !given.Contains(required)
        select $"{File}: {name} is not given {required}, which it requires.");

    [Fact]
    public void A_service_knows_its_own_password_and_no_other_secret() => Tree.Tidy(
        from name in Services.Append("edge").Append("graph")
        from variable in Containers[name]["environment"].Keys
        where variable is "CRM_POSTGRES_ADMIN" or "CRM_DB_KEY" || variable == "CRM_SECRET" && name is not ("identity" or "integrations")
            || variable.StartsWith("CRM_DB_PASSWORD_", StringComparison.Ordinal) && variable != Password(name)
        select $"{File}: {name} is told {variable}, which is none of its business.");

    [Fact]
    public void No_secret_is_written_down() => Tree.Tidy(
        from name in Containers.Keys
        from variable in Containers[name]["environment"].Keys
        let value = Containers[name]["environment"][variable].Text
        where Regex.IsMatch(variable, "PASS|ADMIN|SECRET|RABBITMQ$") && !value.Contains("${", StringComparison.Ordinal)
            && !variable.EndsWith("_USER", StringComparison.Ordinal)
        select $"{File}: {name} has {variable} in plain sight.");

    [Fact]
    public void The_example_environment_names_exactly_what_has_to_be_set()
    {
        var asked = Asked().Matches(Tree.Text(File)).Select(m => m.Groups[1].Value).ToHashSet();
        var offered = Regex.Matches(Tree.Text(".env.example"), @"^#?([A-Z_]+)=", RegexOptions.Multiline)
            .Select(m => m.Groups[1].Value).ToHashSet();
        Tree.Tidy(asked.Except(offered).Select(v => $".env.example does not name {v}, which {File} asks for.")
            .Concat(offered.Except(asked).Select(v => $".env.example names {v}, which {File} does not use.")));
    }

    [Fact]
    public void Files_and_volumes_that_are_mounted_exist() => Tree.Tidy(
        from name in Containers.Keys
        from mount in Containers[name]["volumes"].Items
        let source = mount.Text.Split(':')[0]
        where source.StartsWith("./", StringComparison.Ordinal) ? !Tree.Has(source[2..]) : !Compose["volumes"].Keys.Contains(source)
        select $"{File}: {name} mounts {source}, which does not exist.");

    [Fact]
    public void Whom_a_container_waits_for_can_say_that_it_is_ready() => Tree.Tidy(
        from name in Containers.Keys
        from other in Containers[name]["depends_on"].Keys
        let condition = Containers[name]["depends_on"][other]["condition"].Text
        let container = Containers[other]
        where !container.Exists || condition == "service_healthy" && !container["healthcheck"].Exists && !container["build"].Exists
        select $"{File}: {name} waits for {other}, which never says that it is {condition}.");

    [Fact]
    public void Prometheus_scrapes_every_program_where_it_listens() => Tree.Tidy(
        from name in Services.Append("edge").Append("graph")
        where !Tree.Text("deploy/prometheus/targets.yml").Contains($"\"{name}:8080\"", StringComparison.Ordinal)
        select $"deploy/prometheus/targets.yml has no target {name}:8080: run deploy/grafana/generate.mjs.");

    /// <summary>What a program cannot start without, by the part it plays.</summary>
    internal static string[] Required(string program) => program switch
    {
        "edge" => ["CRM_ISSUER", "CRM_KEYS", "CRM_UPSTREAMS"],
        "graph" => ["CRM_ISSUER", "CRM_KEYS", "CRM_UPSTREAMS", "CRM_RABBITMQ"],
        "provision" => ["CRM_POSTGRES", "CRM_POSTGRES_ADMIN", "CRM_RABBITMQ", .. Services.Select(Password)],
        _ => ["CRM_ISSUER", "CRM_KEYS", "CRM_POSTGRES", "CRM_RABBITMQ", Password(program), "CRM_ANCHORS", "CRM_ANCHOR_KEY",
            .. program is "identity" or "integrations" ? ["CRM_SECRET"] : Array.Empty<string>()],
    };

    internal static bool IsDocumented(string variable) => Settings.Documented
        .Any(v => Regex.IsMatch(variable, $"^{v.Name.Replace("<SERVICE>", "[A-Z]+", StringComparison.Ordinal)}$"));

    private static string Password(string service) => $"CRM_DB_PASSWORD_{service.ToUpperInvariant()}";

    private static string[] Upstreams() => Containers["edge"]["environment"]["CRM_UPSTREAMS"].Text.Split(',');

    [GeneratedRegex(@"\$\{([A-Z_]+)[:}]")]
    private static partial Regex Asked();
}
