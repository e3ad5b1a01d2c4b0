using System.Data;
using Dapper;

namespace CrmPlatform.Journal;

/// <summary>What Dapper has to be told so that rows become records with the types the platform uses.</summary>
internal static class RowTypes
{
    // A static constructor runs once, before the first use.
    static RowTypes()
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        SqlMapper.AddTypeHandler(new As<DateTimeOffset>(value => value is DateTime time ? new DateTimeOffset(time) : (DateTimeOffset)value));
        SqlMapper.AddTypeHandler(new As<string[]>(value => (string[])value));
    }

    /// <summary>Tells it, whoever comes first.</summary>
    public static void Tell()
    {
    }

    private sealed class As<T>(Func<object, T> read) : SqlMapper.TypeHandler<T>
    {
        public override T Parse(object value) => read(value);

        public override void SetValue(IDbDataParameter parameter, T? value) => parameter.Value = value;
    }
}
