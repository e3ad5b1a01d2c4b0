using CrmPlatform.Journal;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CrmPlatform.Hosting.Ops;

/// <summary>
/// Alive: the process answers. Ready: it can do its work. Without its database a service can do nothing (503); without the broker it
/// goes on taking changes and tells them later (200, degraded).
/// </summary>
internal static class Health
{
    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/health/live", () => new { status = "alive" }).DisableHttpMetrics().ExcludeFromDescription();
        app.MapGet("/health/ready", (CancellationToken cancel) => Answer(app.Services, cancel)).DisableHttpMetrics().ExcludeFromDescription();
    }

    private static async Task<IResult> Answer(IServiceProvider services, CancellationToken cancel)
    {
        var service = services.GetRequiredService<Service>().Name;
        var journal = services.GetRequiredService<JournalHealth>();
        var database = await journal.Database(cancel);

        var reasons = new[] { ("database", database), ("broker", journal.Broker), ("relay", journal.Relay), ("intake", journal.Intake) }
            .Where(r => r.Item2 is not null).ToDictionary(r => r.Item1, r => r.Item2);
        var status = database is not null ? "unavailable" : reasons.Count > 0 ? "degraded" : "ready";
        return Results.Json(new { service, status, reasons }, statusCode: database is null ? 200 : 503);
    }
}
