using Xunit;

namespace CrmPlatform.Tidy.Tests;

/// <summary>The manifests against the code and against each other, as far as that can be said without a cluster.</summary>
public sealed class KubernetesTests
{
    private const string Folder = "deploy/kubernetes/";

    private static readonly List<(string File, Yaml Manifest)> All =
        [.. from file in Tree.In(Folder, ".yaml") from document in Yaml.Documents(file) select (file, document)];

    private static IEnumerable<string> Services => Tree.Services.Select(s => s.ToLowerInvariant());

    [Fact]
    public void Every_file_is_a_resource_of_the_kustomization_or_an_example()
    {
        var listed = Yaml.Documents($"{Folder}kustomization.yaml")[0]["resources"].Items.Select(r => Folder + r.Text).ToHashSet();
        Tree.Tidy(Tree.In(Folder, ".yaml")
            .Where(file => !file.EndsWith(".example.yaml", StringComparison.Ordinal))
            .Except(listed.Append($"{Folder}kustomization.yaml")).Select(file => $"{file} is not in kustomization.yaml.")
            .Concat(listed.Where(file => !Tree.Has(file)).Select(file => $"kustomization.yaml names {file}, which does not exist.")));
    }

    [Fact]
    public void Every_service_is_deployed_as_the_template_says()
    {
        var template = Tree.Text("deploy/templates/deploy/kubernetes/sample.yaml.template");
        Tree.Tidy(
            from service in Services
            let file = $"{Folder}{service}.yaml"
            where !Tree.Has(file) || Tree.Text(file) != template.Replace("sample", service, StringComparison.Ordinal)
            select $"{file} is not deploy/templates/deploy/kubernetes/sample.yaml.template for {service}.");
    }

    [Fact]
    public void Every_pod_has_probes_limits_and_no_more_rights_than_it_needs() => Tree.Tidy(
        from workload in Workloads()
        let pod = workload.Pod
        from container in pod["containers"].Items
        from complaint in new[]
        {
            pod["securityContext"]["runAsNonRoot"].Text == "true" ? null : "may run as root",
            container["securityContext"]["readOnlyRootFilesystem"].Text == "true" ? null : "may write its own image",
            container["securityContext"]["allowPrivilegeEscalation"].Text == "false" ? null : "may gain privileges",
            container["securityContext"]["capabilities"]["drop"][0].Text == "ALL" ? null : "keeps capabilities",
            container["resources"]["limits"]["memory"].Exists && container["resources"]["requests"]["cpu"].Exists
                ? null : "has no resources",
            workload.Kind == "Job" || container["readinessProbe"]["httpGet"]["path"].Exists ? null : "has no readiness probe",
            workload.Kind == "Job" || container["livenessProbe"]["httpGet"]["path"].Text == "/health/live" ? null : "has no liveness probe",
        }.OfType<string>()
        select $"{workload.File}: {container["name"]} {complaint}.");

    [Fact]
    public void What_a_pod_refers_to_exists()
    {
        var known = All.Select(m => $"{m.Manifest["kind"].Text}/{m.Manifest["metadata"]["name"].Text}").ToHashSet();
        Tree.Tidy(
            from workload in Workloads()
            from reference in workload.Pod["containers"][0]["envFrom"].Items.SelectMany(e => new[]
                {
                    ("ConfigMap", e["configMapRef"]["name"].Text), ("Secret", e["secretRef"]["name"].Text),
                })
                .Concat(workload.Pod["volumes"].Items.SelectMany(v => new[]
                {
                    ("Secret", v["secret"]["secretName"].Text), ("PersistentVolumeClaim", v["persistentVolumeClaim"]["claimName"].Text),
                }))
            where reference.Item2.Length > 0 && !known.Contains($"{reference.Item1}/{reference.Item2}")
            select $"{workload.File} refers to the {reference.Item1} {reference.Item2}, which no manifest and no example has.");
    }

    [Fact]
    public void Every_program_is_given_what_it_requires_and_no_secret_of_another() => Tree.Tidy(
        from workload in Workloads()
        let given = Given(workload.Pod).ToHashSet()
        from complaint in ComposeTests.Required(workload.Name)
            .Where(v => workload.Name != "provision" || v is not ("CRM_ANCHORS" or "CRM_ANCHOR_KEY"))
            .Where(v => !given.Contains(v)).Select(v => $"is not given {v}, which it requires")
            .Concat(given.Where(v => !ComposeTests.IsDocumented(v)).Select(v => $"is given {v}, which no setting reads"))
            .Concat(given.Where(v => IsForeign(v, workload.Name)).Select(v => $"is told {v}, which is none of its business"))
        select $"{workload.File}: {workload.Name} {complaint}.");

    [Fact]
    public void The_edge_is_told_where_every_service_is()
    {
        var upstreams = Config("crm-edge")["CRM_UPSTREAMS"].Text.Split(',');
        Tree.Tidy(
            from service in Services
            where !upstreams.Contains($"{service}=http://{service}:8080")
            select $"{Folder}configuration.yaml: the edge is not told where {service} is.");
    }

    private static IEnumerable<(string File, string Kind, string Name, Yaml Pod)> Workloads() =>
        from m in All
        let kind = m.Manifest["kind"].Text
        where kind is "Deployment" or "Job"
        select (m.File, kind, m.Manifest["metadata"]["name"].Text, m.Manifest["spec"]["template"]["spec"]);

    private static IEnumerable<string> Given(Yaml pod) =>
        from source in pod["containers"][0]["envFrom"].Items
        from name in new[] { source["configMapRef"]["name"].Text, source["secretRef"]["name"].Text }
        where name.Length > 0
        from variable in Config(name).Keys
        select variable;

    private static Yaml Config(string name)
    {
        var manifest = All.Select(m => m.Manifest)
            .FirstOrDefault(m => m["kind"].Text is "ConfigMap" or "Secret" && m["metadata"]["name"].Text == name);
        return manifest is null ? new Yaml(null) : manifest["data"].Exists ? manifest["data"] : manifest["stringData"];
    }

    private static bool IsForeign(string variable, string program) =>
        program != "provision" && (variable is "CRM_POSTGRES_ADMIN" or "CRM_DB_KEY" || variable == "CRM_SECRET" && program is not ("identity" or "integrations")
            || variable.StartsWith("CRM_DB_PASSWORD_", StringComparison.Ordinal) && variable != $"CRM_DB_PASSWORD_{program.ToUpperInvariant()}");
}
