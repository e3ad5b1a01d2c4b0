using System.Text.Json;
using CrmPlatform.Graph.Language;
using CrmPlatform.Graph.Schema.Execution;
using CrmPlatform.Hosting.Operations;
using CrmPlatform.Journal;

namespace CrmPlatform.Graph.Plan;

/// <summary>A page of what everybody did, in all services.</summary>
internal sealed record AuditRead : Elsewhere
{
    private const int Services = 10;

    public override int Most(Call call) => call.Arguments.GetValueOrDefault("limit") as int? ?? WholeAudit.Usual;

    public override long Questions(Call call, long objects) => Services;

    public override async Task Do(Fetch fetch, Levels levels, CancellationToken cancel)
    {
        try
        {
            fetch.Values[0] = JsonSerializer.SerializeToElement(await levels.Audit(
                new("GET", Address.Of(WholeAudit.Route, fetch.Call.Arguments)), fetch.Call.Arguments.GetValueOrDefault("limit") as int?, cancel));
        }
        catch (Refusal refusal)
        {
            fetch.Fail(new(refusal.Message, refusal.Code));
        }
        catch (GraphException e)
        {
            fetch.Fail(e.Error);
        }
    }
}
