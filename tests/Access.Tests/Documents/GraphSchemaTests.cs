using System.Text.Json;
using CrmPlatform.Graph.Model;
using CrmPlatform.Graph.Schema;
using CrmPlatform.Hosting;
using CrmPlatform.Records.Model;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Access.Tests.Documents;

/// <summary>What the graph is for who may do everything, over all services: clients make their types of it.</summary>
public sealed class GraphSchemaTests
{
    private const string Page = "docs/schema.graphql";

    [Fact]
    public async Task A_generated_page_says_what_the_graph_is()
    {
        var crm = await TestCrm.Tenant();
        var (models, documents) = (new List<PublishedModel>(), new Dictionary<string, JsonElement>(StringComparer.Ordinal));
        foreach (var service in crm.Home.Apps.OfType<Service>().OrderBy(s => s.Name, StringComparer.Ordinal))
        {
            var door = crm.Service(service.Name);
            models.Add((await door.Get("/model")).Expect(200).Body.Deserialize<PublishedModel>(Graphs.Json)!);
            documents[service.Name] = (await door.Look("/openapi/v1.json")).Expect(200).Body;
        }

        var text = $"# The graph of who may do everything, over all services. Generated; docs/graph.md says what it is.\n\n"
            + $"{SchemaText.Of(Composer.Compose(models, documents))}\n";

        var path = Path.Combine(Root(), Page);
        if (Environment.GetEnvironmentVariable("CRM_TIDY_WRITE") is not null)
            await File.WriteAllTextAsync(path, text, TestContext.Current.CancellationToken);
        Assert.True(
            File.Exists(path) && await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken) == text,
            $"{Page} is not what the graph is: write it anew (CRM_TIDY_WRITE=1 ./crm test A_generated_page).");
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "CrmPlatform.slnx")))
            folder = folder.Parent;
        return folder.FullName;
    }
}
