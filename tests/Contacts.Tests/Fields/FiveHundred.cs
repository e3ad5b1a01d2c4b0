using CrmPlatform.Testing;

namespace CrmPlatform.Contacts.Tests.Fields;

/// <summary>A tenant that has added many fields.</summary>
internal static class FiveHundred
{
    /// <summary>Numbers f0, f1 … on contacts.</summary>
    public static Task Add(TestCrm crm, int many) => Parallel.ForAsync(0, many, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (n, _) =>
        (await crm.Contacts.Post("/contacts/fields", new { name = $"f{n}", label = $"Field {n}", kind = "number" })).Expect(201));
}
