using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;
using CrmPlatform.Journal.Records.Custom;
using CrmPlatform.Query;

namespace CrmPlatform.Records;

/// <summary>
/// Conditions in the filter language that a tenant keeps as data, asked of one record in memory while it is written: for whom a rule is. They ask the
/// record itself, whatever the roles of who writes it, and nothing of other records. Days begin in UTC.
/// </summary>
public static class Conditions
{
    // What was understood, for as long as the tenant's own fields are what they were. What cannot be understood any more is nobody's condition.
    private static readonly ConditionalWeakTable<CustomFieldsOfTenant, ConcurrentDictionary<(Type Record, string Text), Filter?>> Known = [];

    /// <summary>A condition as it is kept: in canonical form, null where there is none; refused at its field where it cannot be meant.</summary>
    public static async ValueTask<string?> Checked<T>(Session session, string field, string? text)
        where T : Record
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        var (type, own) = (session.TypeOf<T>(), await session.Model.Own.Of(session.Cause.Tenant, CancellationToken.None));
        try
        {
            return Filter.Parse(text, Shapes.Alone(type, own)).ToString();
        }
        catch (QueryException e)
        {
            throw Refusal.Invalid(field, e.Message);
        }
    }

    /// <summary>Whether a record is as a condition says; every one is as none says.</summary>
    public static async ValueTask<bool> Holds<T>(this Session session, string? text, T record)
        where T : Record => string.IsNullOrEmpty(text)
            || await Of<T>(session, text) is { } filter && filter.ToPredicate(await Asked.Context(session, null))(record);

    /// <summary>The fields a condition asks about.</summary>
    public static async ValueTask<IReadOnlySet<string>> Fields<T>(Session session, string? text)
        where T : Record => string.IsNullOrEmpty(text) ? new HashSet<string>() : (await Of<T>(session, text))?.Fields ?? new HashSet<string>();

    private static async ValueTask<Filter?> Of<T>(Session session, string text)
        where T : Record
    {
        var own = await session.Model.Own.Of(session.Cause.Tenant, CancellationToken.None);
        return Known.GetOrCreateValue(own).GetOrAdd((typeof(T), text), _ =>
        {
            try
            {
                return Filter.Parse(text, Shapes.Alone(session.TypeOf<T>(), own));
            }
            catch (QueryException)
            {
                return null;
            }
        });
    }
}
